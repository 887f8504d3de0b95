import { expect, it } from "vitest";
import { readObjectAlarms } from "./object-alarms.ts";

const HEADER = "kind,alarm,kindZh,alarmZh,category,priority\n";
const read = (rows: string) =>
  readObjectAlarms(HEADER + rows, [{ code: "S0108" }]);

it("reads which alarm of which kind opens what", () => {
  expect(read("hazmat,1,危化品车,超速,S0108,2\n")).toEqual([
    {
      ...{ kind: "hazmat", alarm: "1", kindZh: "危化品车", alarmZh: "超速" },
      ...{ category: "S0108", priority: 2 },
    },
  ]);
});

it("refuses a category that the city does not have, a priority that is none, and a row that stands twice", () => {
  expect(() => read("hazmat,1,危化品车,超速,X,5\n")).toThrow(
    /object-alarms\.csv line 2, column category is "X".*\n.*line 2, column priority is "5"/,
  );
  const twice = "hazmat,1,危化品车,超速,S0108,2\n".repeat(2);
  expect(() => read(twice)).toThrow(/line 3: .*hazmat 1.*line 2|line 3/);
});
