type Column =
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/**
 * The column itself where it has room for `size` entries, else a longer copy.
 * Room doubles, so that a million appends copy each entry about once; pages
 * that were never written cost no memory.
 */
export function grown<T extends Column>(column: T, size: number, fill = 0): T {
  if (size <= column.length) return column;
  const make = column.constructor as new (length: number) => T;
  const longer = new make(Math.max(size, column.length * 2, 64));
  longer.set(column);
  if (fill !== 0) longer.fill(fill, column.length);
  return longer;
}
