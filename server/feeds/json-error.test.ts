import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { locate } from "./json-error.ts";

describe("a text that is not JSON", () => {
  it.each([
    [
      '[{"value":NaN}]',
      "/0/value",
      "expected a value, found NaN at character 11",
    ],
    ["[1,2,]", "/2", 'expected a value, found "]" at character 6'],
    ['{"a":{"b":[1 2]}}', "/a/b", "expected , or ], found 2 at character 14"],
    [
      "{'a':1}",
      "",
      'expected a key in double quotes, found "\'" at character 2',
    ],
    ['{"a" 1}', "/a", "expected :, found 1 at character 6"],
    ['{"a":01}', "/a", "expected a value, found 01 at character 6"],
    ['{"a":"x\ny"}', "/a", 'expected a closing ", found "\\n" at character 8'],
    [
      '{"a":"\\q"}',
      "/a",
      'expected an escape that JSON knows, found "\\\\" at character 7',
    ],
    ['{"a/b~":tru}', "/a~1b~0", "expected a value, found tru at character 9"],
    ["[] []", "", 'expected nothing more, found "[" at character 4'],
    ["", "", "expected a value, found the end at character 1"],
  ])("%s is located", (text, path, message) => {
    expect(locate(text)).toEqual({ path, message });
  });

  it("is located wherever it is cut, and never where it is whole", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        expect(locate(text).message).toBe("the text is not JSON");
        const cut = text.slice(0, at % text.length);
        const isWhole = parses(cut);
        expect(locate(cut).message === "the text is not JSON").toBe(isWhole);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("does not grow the stack, however deep", () => {
    expect(locate("[".repeat(1_000_000)).message).toContain("less deep");
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
