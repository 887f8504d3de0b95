import { describe, expect, it } from "vitest";
import { createChance } from "../../test/kit/chance.ts";
import { jpeg, png, SECRETS, webp } from "../../test/kit/pictures.ts";
import { bare, BrokenPicture } from "./picture.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe("a picture that a phone took", () => {
  it.each([
    ["image/jpeg", jpeg()],
    ["image/png", png()],
    ["image/webp", webp()],
  ] as const)("says nothing of place, phone or time: %s", (type, given) => {
    expect(text(given)).toContain(SECRETS[0]);
    const kept = text(bare(given, type));
    for (const secret of [...SECRETS, "script", "Exif\0\0II"])
      expect(kept).not.toContain(secret);
    // Once more it is the same: its name by content does not change.
    expect(text(bare(Buffer.from(kept, "latin1"), type))).toBe(kept);
  });

  it("still stands upright", () => {
    const kept = text(bare(jpeg({ turn: 6 }), "image/jpeg"));
    expect(kept).toContain(
      "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06",
    );
    expect(text(bare(jpeg({ turn: 1 }), "image/jpeg"))).not.toContain("Exif");
    expect(text(bare(jpeg({ turn: 9 }), "image/jpeg"))).not.toContain("Exif");
  });

  it("keeps what draws it, and ends where it ends", () => {
    const kept = text(bare(jpeg(), "image/jpeg"));
    expect(kept).toContain("JFIF");
    expect(kept.endsWith("\xff\xd9")).toBe(true);
    expect(text(bare(png(), "image/png"))).toContain("drawn");
    const web = Buffer.from(bare(webp(), "image/webp"));
    expect(web.readUInt32LE(4)).toBe(web.length - 8);
    expect(text(web)).toContain("drawn");
    expect(web[20]).toBe(0);
  });
});

describe("a picture that is not whole", () => {
  it.each([
    ["image/jpeg", jpeg().subarray(0, -40)],
    ["image/png", png().subarray(0, 60)],
    ["image/webp", webp().subarray(0, -10)],
    ["image/jpeg", Buffer.from("\xff\xd8\xff\xd9", "latin1")],
    ["image/jpeg", Buffer.from("\xff\xd8\xff\xe1\0\0", "latin1")],
  ] as const)("is refused: %s", (type, given) => {
    expect(() => bare(given, type)).toThrow(BrokenPicture);
  });

  it("never ends in anything but a picture or that refusal, whichever byte is wrong", () => {
    const chance = createChance(20261126);
    for (let i = 0; i < 3000; i++)
      for (const [type, whole] of [
        ["image/jpeg", jpeg()],
        ["image/png", png()],
        ["image/webp", webp()],
      ] as const) {
        const given = Buffer.from(whole);
        for (let wrong = 0; wrong < 3; wrong++)
          given[chance.between(0, given.length)] = chance.between(0, 256);
        try {
          expect(bare(given, type).length).toBeLessThanOrEqual(
            given.length + 36,
          );
        } catch (error) {
          expect(error).toBeInstanceOf(BrokenPicture);
        }
      }
  });
});
