import { expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { en } from "./en.ts";
import { lateness } from "./late.ts";
import { zh } from "./zh.ts";

it.each([
  [1, "minutes", 1],
  [4.9 * MINUTE, "minutes", 4],
  [HOUR, "hours", 1],
  [2 * DAY - 1, "hours", 47],
  [2 * DAY, "days", 2],
  [3.9 * DAY, "days", 3],
])(
  "says of %d ms late no more than has passed, in the largest unit that tells something",
  (ms, key, n) => expect(lateness(ms)).toEqual({ key, n }),
);

it("has a word in both languages for each unit", () => {
  for (const words of [zh, en])
    for (const ms of [MINUTE, HOUR, 3 * DAY])
      expect(words.late[lateness(ms).key]).toContain("{n}");
});
