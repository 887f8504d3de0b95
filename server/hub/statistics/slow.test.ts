import { expect, it } from "vitest";
import type { Due } from "../../../contract/incident.ts";
import { DAY } from "../../../contract/time.ts";
import { slowOf } from "./slow.ts";

const NOW = Date.parse("2026-11-27T09:00:00+08:00");
const matter = (
  number: string,
  department: string | null,
  days: number | null,
  supervised = 0,
) => ({
  ...{ number, supervised, centre: null },
  handlers: department === null ? [] : [department],
  due: days === null ? null : ({ dueAt: NOW - days * DAY } as Due),
});

it("names what is late or supervised, by department, the latest first", () => {
  const slow = slowOf(
    [
      matter("in time", "ECO", -1),
      matter("no clock", "ECO", null),
      matter("a day late", "ECO", 1),
      matter("nobody's", null, 30),
      matter("supervised", "ECO", -2, 3),
      matter("supervised less", "ECO", null, 1),
      matter("a week late", "ECO", 7),
    ],
    NOW,
  );
  expect(
    slow.map(({ incident, department, lateBy }) => [
      ...[department, incident.number, lateBy / DAY],
    ]),
  ).toEqual([
    ["ECO", "a week late", 7],
    ["ECO", "a day late", 1],
    ["ECO", "supervised", 0],
    ["ECO", "supervised less", 0],
    ["", "nobody's", 30],
  ]);
});
