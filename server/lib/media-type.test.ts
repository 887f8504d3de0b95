import { expect, it } from "vitest";
import { mediaTypeOf } from "./media-type.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const box = (brand: string) => bytes(`\0\0\0\x18ftyp${brand}\0\0\0\0`);

it.each([
  ["a picture of a phone", bytes("\xff\xd8\xff\xe1rest"), "image/jpeg"],
  ["a drawing", bytes("\x89PNG\r\n\x1a\nrest"), "image/png"],
  ["a picture of the web", bytes("RIFF\0\0\0\0WEBPVP8 "), "image/webp"],
  ["an iPhone's picture", box("heic"), "image/heic"],
  ["a video", box("mp42"), "video/mp4"],
  ["a recording", box("M4A "), "audio/mp4"],
])("knows %s by its bytes", (_what, given, type) => {
  expect(mediaTypeOf(given)).toBe(type);
});

it.each([
  ["nothing", ""],
  ["a page", "<!doctype html><script>alert(1)</script>"],
  ["a drawing that can run", "<?xml version='1.0'?><svg onload='x()'/>"],
  ["a page behind a blank", " \xff\xd8\xff<html>"],
  ["a program", "MZ\x90\0"],
  ["an animation", "GIF89a"],
  ["a document", "%PDF-1.7"],
  ["an archive", "PK\x03\x04"],
  ["a sound that is no WebP", "RIFF\0\0\0\0WAVE"],
  ["a box of another brand", "\0\0\0\x18ftypqt  "],
  ["the beginning of a picture", "\xff\xd8"],
])("takes %s for none", (_what, given) => {
  expect(mediaTypeOf(bytes(given))).toBeNull();
});
