/** Makes a picture small enough for a slow network; what the browser cannot draw stays as it is. */

/** Longest side in pixels: a licence plate across the street can still be read. */
const LONGEST = 2048;
const QUALITY = 0.85;

/** @returns a JPEG, or the file itself where it is no picture that this browser draws */
export async function smallPicture(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const { width, height } = picture;
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas
    .getContext("2d")
    ?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) =>
    canvas.toBlob(done, "image/jpeg", QUALITY),
  );
  return drawn ?? file;
}
