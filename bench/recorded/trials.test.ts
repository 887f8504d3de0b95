import { describe, expect, it } from "vitest";
import { recordedData } from "../../test/kit/data.ts";
import { accuracyOf, calibrationError, thresholdFor } from "./answers.ts";
import { readBoston } from "./boston.ts";
import { readCatalogue, readMessages } from "./messages.ts";
import { answersOf, tryBoston, tryMessages } from "./trials.ts";

const answer = (confidence: number, right: boolean) => ({
  ...{ right: "a", said: right ? ["a"] : ["b", "a"], confidence },
});

it("counts what was right at first, among the first, and how far that is from the confidence", () => {
  const answers = [answer(0.9, true), answer(0.9, false)];
  expect(accuracyOf(answers, 1)).toBe(0.5);
  expect(accuracyOf(answers, 2)).toBe(1);
  expect(calibrationError(answers)).toBeCloseTo(0.4);
});

it("chooses the lowest confidence that is right often enough", () => {
  const answers = Array.from({ length: 100 }, (_, n) =>
    answer(n / 100, n >= 40 || n % 2 === 0),
  );
  expect(thresholdFor(answers, 0.9)).toBeCloseTo(0.3);
  expect(thresholdFor(answers, 0.5)).toBe(0);
  expect(thresholdFor([], 0.5)).toBe(1);
});

const data = recordedData();
describe.skipIf(data === null)("on recorded requests", () => {
  it("a suggestion for Boston is right more often than the usual and the nearest", () => {
    const { category, department } = tryBoston(readBoston(data!), 10);
    for (const floor of Object.values(category.floors))
      expect(accuracyOf(answersOf(category), 1)).toBeGreaterThan(
        accuracyOf(floor, 1),
      );
    for (const floor of Object.values(department.floors))
      expect(accuracyOf(answersOf(department), 3)).toBeGreaterThan(
        accuracyOf(floor, 3),
      );
  });

  it("Chinese messages find their top category, more of them where the catalogue was learned", () => {
    const messages = readMessages(data!);
    const plain = tryMessages(messages);
    const taught = tryMessages(messages, readCatalogue(data!));
    const right = (trial: typeof plain) => accuracyOf(answersOf(trial), 1);
    expect(accuracyOf(plain.floors["usual"]!, 1)).toBeLessThan(0.25);
    expect(right(plain)).toBeGreaterThan(0.6);
    expect(right(taught)).toBeGreaterThan(right(plain));
    expect(calibrationError(answersOf(taught))).toBeLessThan(0.1);
  });
});
