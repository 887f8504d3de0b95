/** What bytes are, by how they begin; what a sender calls them counts for nothing. */

export type MediaType =
  | "image/jpeg"
  | "image/png"
  | "image/webp"
  | "image/heic"
  | "video/mp4"
  | "audio/mp4";

/** Major brands of ISO base media files (ISO 14496-12 `ftyp`) that phones write. */
const BRANDS: Readonly<Record<string, MediaType>> = {
  ...{ heic: "image/heic", heix: "image/heic", mif1: "image/heic" },
  ...{ heim: "image/heic", heis: "image/heic" },
  ...{ isom: "video/mp4", iso2: "video/mp4", iso4: "video/mp4" },
  ...{ iso5: "video/mp4", iso6: "video/mp4", avc1: "video/mp4" },
  ...{ mp41: "video/mp4", mp42: "video/mp4", "3gp4": "video/mp4" },
  ...{ "3gp5": "video/mp4", "M4V ": "video/mp4", "M4A ": "audio/mp4" },
};

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const begins = (bytes: Uint8Array, with_: readonly number[]): boolean =>
  bytes.length >= with_.length && with_.every((byte, i) => bytes[i] === byte);

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** The type of a file, or null where it is none of those above. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | null {
  if (begins(bytes, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (begins(bytes, PNG)) return "image/png";
  if (latin(bytes, 0, 4) === "RIFF" && latin(bytes, 8, 12) === "WEBP")
    return "image/webp";
  if (latin(bytes, 4, 8) === "ftyp") return BRANDS[latin(bytes, 8, 12)] ?? null;
  return null;
}
