/**
 * ms to wait before try number `failures` + 1: doubles from `first` to
 * `longest`, with the upper half drawn by lot, so that many who lost the same
 * thing do not come back at once.
 */
export function backoff(
  failures: number,
  { first, longest }: { first: number; longest: number },
): number {
  const full = Math.min(first * 2 ** Math.min(failures, 30), longest);
  return full / 2 + Math.random() * (full / 2);
}
