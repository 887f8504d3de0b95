import { expect, it } from "vitest";
import type { LimitRow } from "../../../contract/limit.ts";
import { startClock } from "./clock.ts";
import { limitFor, type LimitQuestion } from "./limits.ts";

const row = (
  category: string | null,
  matterClass: LimitRow["matterClass"],
  amount: number,
  stage: LimitRow["stage"] = "handle",
): LimitRow => ({ category, matterClass, stage, amount, type: "workHour" });

const STANDARD = [row(null, null, 40), row(null, "C", 160)];
const MAJOR = row("M01", null, 16);
const MINOR = row("M0102", null, 4);

const rubbish: LimitQuestion = {
  category: "M0102",
  parents: ["M01"],
  matterClass: "A",
  stage: "handle",
};
const hours = (rows: LimitRow[], question = rubbish) =>
  limitFor(rows, question)?.amount;

it("[K10] a minor category stands before its major, that before the standard, in whatever order they are written", () => {
  expect(hours([...STANDARD, MAJOR, MINOR])).toBe(4);
  expect(hours([MINOR, MAJOR, ...STANDARD])).toBe(4);
  expect(hours([...STANDARD, MAJOR])).toBe(16);
  expect(hours(STANDARD)).toBe(40);
});

it("[K10] a row for the class stands before one for all classes of the same category only", () => {
  const engineering = row("M0102", "B", 24);
  const rows = [...STANDARD, MAJOR, MINOR, engineering];
  expect(hours(rows, { ...rubbish, matterClass: "B" })).toBe(24);
  expect(hours(rows, { ...rubbish, matterClass: "C" })).toBe(4);
  expect(hours(STANDARD, { ...rubbish, matterClass: "C" })).toBe(160);
});

it("[K10] what has no category yet takes the standard", () =>
  expect(
    hours(
      [MINOR, row("M01", null, 1, "accept"), row(null, null, 2, "accept")],
      {
        category: null,
        parents: [],
        matterClass: "A",
        stage: "accept",
      },
    ),
  ).toBe(2));

it("[K10] a step that no row speaks of has no limit", () =>
  expect(
    limitFor([MINOR, ...STANDARD], { ...rubbish, stage: "sign" }),
  ).toBeNull());

it("[K11] another limit holds for what is dispatched from then on, not for what runs", () => {
  const running = startClock(limitFor([MAJOR], rubbish)!, 0);
  const dispatchedLater = startClock(limitFor([MAJOR, MINOR], rubbish)!, 1);
  expect(running.limit.amount).toBe(16);
  expect(dispatchedLater.limit.amount).toBe(4);
});
