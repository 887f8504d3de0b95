const VERSION = 1;
const HEADER = 8;

/** Latest values of one group as bytes: version, then the doubles as this machine writes them. */
export function packLatest(latest: Float64Array): Uint8Array {
  const blob = new Uint8Array(HEADER + latest.byteLength);
  blob[0] = VERSION;
  new Float64Array(blob.buffer, HEADER).set(latest);
  return blob;
}

/** @throws Error where the bytes are of another version or cut short. */
export function unpackLatest(blob: Uint8Array): Float64Array {
  if (blob[0] !== VERSION || blob.length % 8 !== 0)
    throw new Error(
      `checkpoint of sensors: version ${blob[0]} with ${blob.length} bytes cannot be read`,
    );
  // A copy, because a blob may start anywhere in a buffer and doubles may not.
  return new Float64Array(blob.slice(HEADER).buffer);
}
