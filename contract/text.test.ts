import { describe, expect, it } from "vitest";
import { text } from "./text.ts";

const told = (given: string) =>
  text(8)
    .safeParse(given)
    .error?.issues.map(({ message }) => message);

describe("a text that somebody gives us", () => {
  it.each(["", "路灯 12", "🌉🌉🌉🌉", "a\tb\nc", "\ufffd\uffff"])(
    "may be %j",
    (given) => expect(told(given)).toBeUndefined(),
  );

  it.each([
    ["a\0b", "the text holds a NUL character"],
    ["\ud83c", "the text holds half a surrogate pair"],
    ["\udf09\ud83c", "the text holds half a surrogate pair"],
    ["123456789", "Too big: expected string to have <=8 characters"],
  ])("may not be %j", (given, message) =>
    expect(told(given)).toEqual([message]),
  );
});
