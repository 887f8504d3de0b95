import { expect, it } from "vitest";
import { createRandom } from "../city/random.ts";
import {
  closedAfter,
  createCourse,
  LONGEST_COURSE,
  phaseAt,
} from "./course.ts";

const courses = (seed: number) =>
  Array.from({ length: 400 }, (_, n) =>
    createCourse(createRandom(seed, `case/${n}`)),
  );

it("goes the same way for the same seed, and another for another", () => {
  expect(courses(42)).toEqual(courses(42));
  expect(courses(43)).not.toEqual(courses(42));
});

it("goes from report to judgement in order, and never longer than it says", () => {
  for (const course of courses(42)) {
    const times = course.map(({ from }) => from);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBeLessThanOrEqual(LONGEST_COURSE);
    expect(phaseAt(course, 0).said).toEqual({ stage: "信息采集" });
    expect(phaseAt(course, closedAfter(course)).said).toEqual({
      status: "closed",
    });
  }
});

it("is late with some of its cases, and with most of them not", () => {
  const late = courses(42).filter((course) =>
    course.some(({ due }, i) => due && course[i + 1]!.from > due.by),
  );
  expect(late.length).toBeGreaterThan(400 * 0.1);
  expect(late.length).toBeLessThan(400 * 0.5);
});

it("names what is due from the moment a department has the case", () => {
  for (const course of courses(42))
    for (const { isSent, due } of course)
      if (due) expect(isSent).toBe(["handle", "check"].includes(due.stage));
});
