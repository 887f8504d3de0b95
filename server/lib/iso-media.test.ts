import { describe, expect, it } from "vitest";
import { createChance } from "../../test/kit/chance.ts";
import { box, film, ftyp, heic } from "../../test/kit/films.ts";
import { SECRETS } from "../../test/kit/pictures.ts";
import { BrokenPicture } from "./broken-picture.ts";
import { bareIsoMedia } from "./iso-media.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const ALL = [
  ["a film", film(), false, "played"],
  ["a recording", film("M4A "), false, "played"],
  ["a HEIC picture", heic(), true, "drawn"],
] as const;

describe("what a phone recorded", () => {
  it.each(ALL)(
    "says nothing of place, phone or time, and nothing in it moves: %s",
    (_, given, isPicture, shown) => {
      expect(text(given)).toContain(SECRETS[0]);
      const kept = text(bareIsoMedia(given, isPicture));
      for (const secret of [...SECRETS, "\xe6\x01\x02"])
        expect(kept).not.toContain(secret);
      expect(kept.indexOf(shown)).toBe(text(given).indexOf(shown));
      expect(kept).toHaveLength(given.length);
      // Once more it is the same: its name by content does not change.
      const again = bareIsoMedia(Buffer.from(kept, "latin1"), isPicture);
      expect(text(again)).toBe(kept);
    },
  );

  it.each([
    ["a name alone", ftyp("isom"), false],
    [
      "a page behind a name",
      Buffer.concat([ftyp("mp42"), Buffer.from("<html><script>")]),
      false,
    ],
    ["a film that broke off", film().subarray(0, -3), false],
    [
      "a film without a head",
      Buffer.concat([ftyp("isom"), box("mdat")]),
      false,
    ],
    ["a picture that broke off", heic().subarray(0, -3), true],
    ["a film that says it is a picture", film("heic"), true],
    [
      "more boxes than anybody writes",
      Buffer.concat([
        film(),
        ...Array.from({ length: 20_001 }, () => box("free")),
      ]),
      false,
    ],
  ] as const)("is refused where it is %s", (_, given, isPicture) =>
    expect(() => bareIsoMedia(given, isPicture)).toThrow(BrokenPicture),
  );

  it("never ends in anything but itself or that refusal, whichever byte is wrong", () => {
    const chance = createChance(20261127);
    for (let i = 0; i < 3000; i++)
      for (const [, whole, isPicture] of ALL) {
        const wrong = Buffer.from(whole);
        wrong[chance.between(0, wrong.length)] = chance.between(0, 256);
        try {
          expect(bareIsoMedia(wrong, isPicture)).toHaveLength(wrong.length);
        } catch (error) {
          expect(error).toBeInstanceOf(BrokenPicture);
        }
      }
  });
});
