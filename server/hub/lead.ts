/**
 * How many entries lead a list of `length` for which it is so; it is so for
 * none behind them. Looks at few, however long the list.
 */
export function leadOf(
  length: number,
  isSo: (index: number) => boolean,
): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
