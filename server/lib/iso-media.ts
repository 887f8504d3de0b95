/**
 * Files of ISO base media (ISO 14496-12): MP4, M4A and HEIC. What tells where,
 * when and by which phone they were made is written over in its place, so that
 * nothing else moves.
 */
import { BrokenPicture } from "./broken-picture.ts";

/** Boxes of one box: a recording that was written piece by piece has hundreds. */
const MOST_BOXES = 20_000;

interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

/** Boxes of what follows one another from `from` to `to`. @throws BrokenPicture */
function boxesIn(view: DataView, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start < to;) {
    if (start + 8 > to) throw new BrokenPicture();
    const short = view.getUint32(start);
    const isLong = short === 1;
    if (isLong && start + 16 > to) throw new BrokenPicture();
    const body = start + (isLong ? 16 : 8);
    // A size of 0 goes on to the end.
    const size = isLong ? Number(view.getBigUint64(start + 8)) : short;
    const end = size === 0 ? to : start + size;
    if (end < body || end > to) throw new BrokenPicture();
    if (boxes.length === MOST_BOXES) throw new BrokenPicture();
    boxes.push({ type: fourOf(view, start + 4), start, body, end });
    start = end;
  }
  return boxes;
}

const fourOf = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

/** The film, the recording or the picture alone. @throws BrokenPicture where it is not whole */
export function bareIsoMedia(
  given: Uint8Array,
  isPicture: boolean,
): Uint8Array {
  const bytes = Uint8Array.from(given);
  const view = new DataView(bytes.buffer);
  const boxes = guarded(() => boxesIn(view, 0, bytes.length));
  const head = boxes.find(({ type }) => type === (isPicture ? "meta" : "moov"));
  if (!head) throw new BrokenPicture();
  for (const box of boxes) if (SAID.has(box.type)) hush(bytes, box, head);
  guarded(() => {
    for (const box of boxes)
      if (box.type === "moov") hushFilm(bytes, view, box);
    if (isPicture) hushItems(bytes, view, head);
  });
  return bytes;
}

/** Hold what a phone or its owner says about the file; nothing that is shown. */
const SAID = new Set(["udta", "meta", "uuid"]);
/** Begin with when they were made and changed. */
const TIMED = new Set(["mvhd", "tkhd", "mdhd"]);
const HOLDERS = new Set(["trak", "mdia"]);

function hushFilm(bytes: Uint8Array, view: DataView, holder: Box): void {
  for (const box of boxesIn(view, holder.body, holder.end)) {
    if (SAID.has(box.type)) hush(bytes, box);
    if (HOLDERS.has(box.type)) hushFilm(bytes, view, box);
    if (!TIMED.has(box.type)) continue;
    const times = view.getUint8(box.body) === 1 ? 16 : 8;
    bytes.fill(0, box.body + 4, Math.min(box.body + 4 + times, box.end));
  }
}

/** Free room in its place. */
function hush(bytes: Uint8Array, box: Box, needed?: Box): void {
  if (box === needed) return;
  bytes.set([0x66, 0x72, 0x65, 0x65], box.start + 4); // "free"
  bytes.fill(0, box.body, box.end);
}

/** Exif and XMP are items of a HEIC's meta box, each with places in the file. */
function hushItems(bytes: Uint8Array, view: DataView, meta: Box): void {
  // A full box: version and flags come first.
  const inside = boxesIn(view, meta.body + 4, meta.end);
  const boxOf = (name: string) => inside.find(({ type }) => type === name);
  const [infos, places, data] = ["iinf", "iloc", "idat"].map(boxOf);
  if (!infos || !places) throw new BrokenPicture();
  const said = saidItems(view, infos);
  let left = bytes.length;
  for (const { item, from, to } of extentsIn(view, places, data)) {
    if (!said.has(item)) continue;
    // They do not lie on one another, nor beyond the file.
    left -= to - from;
    if (left < 0 || to > bytes.length) throw new BrokenPicture();
    bytes.fill(0, from, to);
  }
}

function saidItems(view: DataView, infos: Box): Set<number> {
  const first = infos.body + (view.getUint8(infos.body) === 0 ? 6 : 8);
  const said = new Set<number>();
  for (const { body } of boxesIn(view, first, infos.end)) {
    const isWide = view.getUint8(body) >= 3;
    const item = isWide ? view.getUint32(body + 4) : view.getUint16(body + 4);
    const kind = fourOf(view, body + (isWide ? 10 : 8));
    if (kind === "Exif" || kind === "mime") said.add(item);
  }
  return said;
}

/** Reads numbers one after the other. */
function readerAt(view: DataView, from: number) {
  let at = from;
  return (size: number): number => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + view.getUint8(at++);
    return value;
  };
}

function* extentsIn(view: DataView, places: Box, data: Box | undefined) {
  const version = view.getUint8(places.body);
  const next = readerAt(view, places.body + 4);
  const [sizes, more] = [next(1), next(1)];
  const [offsetSize, lengthSize] = [sizes >> 4, sizes & 15];
  const [baseSize, indexSize] = [more >> 4, version > 0 ? more & 15 : 0];
  // Whose length nobody says reaches as far as anybody likes.
  if (lengthSize === 0) throw new BrokenPicture();
  for (let items = next(version < 2 ? 2 : 4); items > 0; items--) {
    const item = next(version < 2 ? 2 : 4);
    const isInData = version > 0 && (next(2) & 15) === 1;
    next(2);
    const base = next(baseSize) + (isInData ? (data?.body ?? Infinity) : 0);
    for (let extents = next(2); extents > 0; extents--) {
      next(indexSize);
      const from = base + next(offsetSize);
      yield { item, from, to: from + next(lengthSize) };
    }
  }
}

/** Whatever points beyond the file: it is not whole. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new BrokenPicture();
    throw error;
  }
}
