/** Small films, recordings and HEIC pictures as phones write them, with the secrets of pictures.ts inside. */
import { SECRETS } from "./pictures.ts";

const latin = (text: string) => Buffer.from(text, "latin1");
const secret = latin(SECRETS.join());

export function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** Version and flags come before what it holds. */
const full = (type: string, version: number, ...parts: Buffer[]) =>
  box(type, Buffer.from([version, 0, 0, 0]), ...parts);
const numbers = (...bytes: number[]) => Buffer.from(bytes);
/** Made and changed on a day of 2026. */
const TIMES = numbers(0xe6, 1, 2, 3, 0xe6, 1, 2, 4);

export const ftyp = (brand: string) =>
  box("ftyp", latin(brand), numbers(0, 0, 0, 0), latin("isom"));

/** @param brand `isom` a film, `M4A ` a recording */
export function film(brand = "isom"): Buffer {
  const said = box("udta", box("\xa9xyz", secret));
  const media = box("mdia", full("mdhd", 0, TIMES));
  const track = box("trak", full("tkhd", 0, TIMES), media, said);
  return Buffer.concat([
    ftyp(brand),
    box("uuid", secret),
    box("moov", full("mvhd", 0, TIMES), track, said, full("meta", 0, secret)),
    box("mdat", latin("played")),
  ]);
}

/** A picture item, and Exif and XMP of it: the one in the file's data, the other in the meta box's own. */
export function heic(): Buffer {
  const head = ftyp("heic");
  const item = (no: number, kind: string) =>
    full("infe", 2, numbers(0, no, 0, 0), latin(kind), numbers(0));
  const items = [item(1, "hvc1"), item(2, "Exif"), item(3, "mime")];
  const infos = full("iinf", 0, numbers(0, items.length), ...items);
  const drawn = latin("drawn");
  const places = (data: number) => {
    const place = (no: number, how: number, from: number, length: number) =>
      numbers(0, no, 0, how, 0, 0, 0, 1, 0, 0, 0, from, 0, 0, 0, length);
    const all = [
      place(1, 0, data, drawn.length),
      place(2, 0, data + drawn.length, secret.length),
      place(3, 1, 0, secret.length),
    ];
    return full("iloc", 1, numbers(0x44, 0, 0, all.length), ...all);
  };
  const meta = (data: number) =>
    full("meta", 0, infos, places(data), box("idat", secret));
  const data = head.length + meta(0).length + 8;
  return Buffer.concat([head, meta(data), box("mdat", drawn, secret)]);
}
