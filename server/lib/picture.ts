/**
 * Takes out of a picture whatever is not the picture: where it was taken, by
 * which phone, when, and what was hung behind its end. Only parts that are
 * known to be needed for drawing stay, so that a part nobody thought of goes.
 */
import { BrokenPicture } from "./broken-picture.ts";
import { bareIsoMedia } from "./iso-media.ts";
import type { MediaType } from "./media-type.ts";

export { BrokenPicture } from "./broken-picture.ts";

/** The picture, the film or the recording alone. @throws BrokenPicture */
export function bare(bytes: Uint8Array, type: MediaType): Uint8Array {
  if (type === "image/jpeg") return bareJpeg(bytes);
  if (type === "image/png") return barePng(bytes);
  if (type === "image/webp") return bareWebp(bytes);
  return bareIsoMedia(bytes, type === "image/heic");
}

const broken = () => new BrokenPicture();

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;

/** Segments of ITU T.81 Annex B, one after the other. */
function bareJpeg(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let hasScan = false;
  for (let at = 2; ;) {
    if (bytes[at] !== 0xff) throw broken();
    // Any number of 0xff may stand before a marker.
    while (bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (marker === undefined || marker === SOI || marker === 0) throw broken();
    if (marker === EOI) {
      if (!hasScan) throw broken();
      kept.push(bytes.subarray(at, at + 2));
      return joined(kept);
    }
    if (at + 4 > bytes.length) throw broken();
    let end = at + 2 + view.getUint16(at + 2);
    if (end < at + 4 || end > bytes.length) throw broken();
    if (marker === SOS) {
      hasScan = true;
      end = endOfScan(bytes, end);
    }
    if (marker === APP1) kept.push(...turnOf(bytes.subarray(at + 4, end)));
    else if (isDrawn(marker, bytes.subarray(at + 4, end)))
      kept.push(bytes.subarray(at, end));
    at = end;
  }
}

/** Compressed data goes on until a marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1;) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  throw broken();
}

function isDrawn(marker: number, body: Uint8Array): boolean {
  if (marker === COMMENT) return false;
  if (marker < APP0 || marker > APP15) return true;
  const name = String.fromCharCode(...body.subarray(0, 12));
  if (marker === APP0) return name.startsWith("JFIF\0");
  // Of APP2 the colours alone: its other use is more pictures behind the end.
  if (marker === APP2) return name === "ICC_PROFILE\0";
  return marker === APP14 && name.startsWith("Adobe");
}

const ORIENTATION = 0x0112;

/** Of Exif what says which side is up, in a segment of its own: without it half of all phones' pictures lie on their side. */
function turnOf(body: Uint8Array): Uint8Array[] {
  const turn = orientationIn(body);
  if (turn === null || turn === 1) return [];
  // prettier-ignore
  return [Uint8Array.of(
    0xff, APP1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, // "Exif"
    0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, // big-endian, one entry
    0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0,
  )];
}

function orientationIn(body: Uint8Array): number | null {
  if (String.fromCharCode(...body.subarray(0, 6)) !== "Exif\0\0") return null;
  const tiff = body.subarray(6);
  const view = viewOf(tiff);
  if (tiff.length < 8) return null;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > tiff.length) return null;
  const entries = view.getUint16(first, little);
  for (let i = 0; i < entries; i++) {
    const at = first + 2 + 12 * i;
    if (at + 12 > tiff.length) return null;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const turn = view.getUint16(at + 8, little);
    return turn >= 1 && turn <= 8 ? turn : null;
  }
  return null;
}

/** PNG's own chunks and those of colour; texts, times and Exif are none of them. */
const PNG_CHUNKS = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs".split(" "),
);

function barePng(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) throw broken();
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) throw broken();
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at === 8 && name !== "IHDR") throw broken();
    if (PNG_CHUNKS.has(name)) kept.push(bytes.subarray(at, end));
    if (name === "IEND") return joined(kept);
    at = end;
  }
}

const WEBP_CHUNKS = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"]);
/** Bits of VP8X that promise Exif and XMP. */
const PROMISES = 0x0c;

function bareWebp(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) throw broken();
  const kept: Uint8Array[] = [];
  for (let at = 12; at < end;) {
    if (at + 8 > end) throw broken();
    const size = view.getUint32(at + 4, true);
    const next = at + 8 + size + (size % 2);
    if (next > end) throw broken();
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    if (WEBP_CHUNKS.has(name)) {
      const chunk = bytes.slice(at, next);
      if (name === "VP8X" && size > 0) chunk[8] = chunk[8]! & ~PROMISES;
      kept.push(chunk);
    }
    at = next;
  }
  if (kept.length === 0) throw broken();
  const head = bytes.slice(0, 12);
  const whole = joined([head, ...kept]);
  viewOf(whole).setUint32(4, whole.length - 8, true);
  return whole;
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
