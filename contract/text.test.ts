import { describe, expect, it } from "vitest";
import { said, text } from "./text.ts";

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

describe("what somebody says", () => {
  const flaws = (given: string) =>
    said(8, 2)
      .safeParse(given)
      .error?.issues.map(({ message }) => message);

  it.each(["不归", "a b", "\u202e误报\u202c", "🌉🌉"])("may be %j", (given) =>
    expect(flaws(given)).toBeUndefined(),
  );

  it.each([
    ...["  ", "\u3000\u3000", "\u200b\u200b", "\ufeff\n", "\u202e\u2066"],
    ...["\u3164\u115f", "\u2800\u2800", "\u0007\u001b", "误 "],
  ])("is not what nobody sees: %j", (given) =>
    expect(flaws(given)).toEqual(["nothing of the text is seen"]),
  );
});
