/**
 * Does long work bit by bit: whatever waits gets its turn wherever the work
 * gives way. @param atLeast ms of work before it does: a turn costs more than a small bit
 */
export async function inTurns<T>(
  work: Generator<void, T>,
  atLeast = 0,
): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - begun < atLeast) continue;
    await new Promise((next) => setImmediate(next));
    begun = performance.now();
  }
}
