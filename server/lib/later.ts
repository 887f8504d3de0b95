/** Work for the next turn of the loop, or for a moment after it, that can be called off. */

/** @returns calls it off; does nothing where it ran */
export function later(ms: number, work: () => void): () => void {
  if (ms > 0) {
    const timeout = setTimeout(work, ms);
    return () => clearTimeout(timeout);
  }
  // Kept apart: `clearImmediate` of a timeout counts Node 20's immediates wrong, and the loop sleeps on them from then on.
  const immediate = setImmediate(work);
  return () => clearImmediate(immediate);
}
