/** Small pictures as phones take them: with a place, a phone's name and a turn inside. */

const latin = (text: string) => Buffer.from(text, "latin1");

/** What must not be left in a picture. */
export const SECRETS = ["PHONE-OF-LIN", "30.5928N"];

/** A baseline JPEG of 1 × 1, the smallest that browsers draw. */
// prettier-ignore
const PIXEL = Buffer.from(
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
  "base64",
);
const EOI = latin("\xff\xd9");

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Exif with a turn, and the secrets where phones write them. */
function exif(turn: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("II*\0", "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(turn, 18);
  return Buffer.concat([latin("Exif\0\0"), tiff, latin(SECRETS.join())]);
}

/** @param mark makes it another picture */
export function jpeg({ turn = 6, mark = 0 } = {}): Buffer {
  const isPixelWhole = PIXEL.subarray(-2).equals(EOI);
  const pixel = isPixelWhole ? PIXEL : Buffer.concat([PIXEL, EOI]);
  return Buffer.concat([
    pixel.subarray(0, 2),
    segment(0xe1, exif(turn)),
    segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${SECRETS.join()}`)),
    segment(0xed, latin(`Photoshop 3.0\0${SECRETS.join()}`)),
    segment(0xfe, latin(SECRETS.join())),
    // A table that nothing uses: it stays, and tells pictures apart.
    segment(
      0xdb,
      Buffer.from([0x03, ...new Array<number>(63).fill(1), 1 + mark]),
    ),
    pixel.subarray(2),
    latin(`<script>${SECRETS.join()}</script>`),
  ]);
}

function chunk(name: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([size, latin(name), body, Buffer.alloc(4)]);
}

export const png = (): Buffer =>
  Buffer.concat([
    latin("\x89PNG\r\n\x1a\n"),
    chunk("IHDR", Buffer.alloc(13)),
    chunk("tEXt", latin(`Location\0${SECRETS.join()}`)),
    chunk("eXIf", latin(SECRETS.join())),
    chunk("IDAT", latin("drawn")),
    chunk("IEND", Buffer.alloc(0)),
    latin(SECRETS.join()),
  ]);

function riff(name: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  const odd = Buffer.alloc(body.length % 2);
  return Buffer.concat([latin(name), size, body, odd]);
}

export const webp = (): Buffer =>
  riff(
    "RIFF",
    Buffer.concat([
      latin("WEBP"),
      // Promises Exif and XMP.
      riff("VP8X", Buffer.from([0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
      riff("VP8 ", latin("drawn")),
      riff("EXIF", latin(SECRETS.join())),
      riff("XMP ", latin(SECRETS.join())),
    ]),
  );
