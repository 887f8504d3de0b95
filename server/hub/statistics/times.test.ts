import { expect, it } from "vitest";
import { createChance } from "../../../test/kit/chance.ts";
import { STAGES } from "../../../contract/counted.ts";
import { timesOf, type Times } from "./times.ts";

type Row = [department: string, natural: number, worked: number];

/** Read in two goes, all of one stage. */
function all(rows: Row[], keyOf = (department: string) => department): Times[] {
  const departments = [...new Set(rows.map(([department]) => department))];
  const columns = (some: Row[]) => ({
    stages: Uint8Array.from(some, () => STAGES.indexOf("handle")),
    by: Uint32Array.from(some, ([one]) => departments.indexOf(one)),
    natural: Float64Array.from(some, ([, natural]) => natural),
    worked: Float64Array.from(some, ([, , worked]) => worked),
  });
  const half = rows.length >> 1;
  return end(
    timesOf(
      [columns(rows.slice(0, half)), columns(rows.slice(half))],
      ({ by }) => by,
      (place) => keyOf(departments[place]!),
      "handle",
    ),
  );
}
function end(work: Generator<void, Times[]>): Times[] {
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}
const ECO = [50, 10, 40, 30, 20, 100, 60, 70, 90, 80].map((natural): Row => [
  "ECO",
  natural,
  NaN,
]);

it("ranks what one department took, whatever the order", () => {
  const [eco, test] = all([
    ...ECO.slice(0, 3),
    ["TEST", 7, 7],
    ...ECO.slice(3),
  ]);
  expect(eco).toMatchObject({
    key: "ECO",
    n: 10,
    natural: { p50: 50, p90: 90 },
  });
  expect(test).toMatchObject({ n: 1, natural: { p50: 7, p90: 7 } });
});

it("ranks working time of those that have some, and knows none where none has", () => {
  const [eco, test] = all([
    ["ECO", 1, 5],
    ["ECO", 2, NaN],
    ["TEST", 1, NaN],
    ["ECO", 4, 3],
  ]);
  expect(eco).toMatchObject({ n: 3, worked: { p50: 3, p90: 5 } });
  expect(test!.worked).toBeNull();
});

it("ranks together what is told alike", () => {
  const [both, ...others] = all([...ECO, ["TEST", 110, NaN]], () => "both");
  expect(both).toMatchObject({ n: 11, natural: { p50: 60, p90: 100 } });
  expect(others).toEqual([]);
});

it("ranks a stage apart from the others, and one alone where it is asked for", () => {
  const rows = {
    stages: Uint8Array.from(["sign", "handle", "sign"] as const, (stage) =>
      STAGES.indexOf(stage),
    ),
    natural: Float64Array.of(1, 2, 3),
    worked: Float64Array.of(1, 2, 3),
  };
  const apart = end(
    timesOf(
      [rows],
      ({ stages }) => stages,
      (place) => STAGES[place]!,
    ),
  );
  expect(apart.map(({ key, n }) => [key, n])).toEqual([
    ["sign", 2],
    ["handle", 1],
  ]);
  const [handle] = end(
    timesOf(
      [rows],
      ({ stages }) => stages,
      () => "its",
      "handle",
    ),
  );
  expect(handle).toMatchObject({ n: 1, natural: { p50: 2, p90: 2 } });
});

it("ranks thousands as sorting them would, many of them alike", () => {
  const chance = createChance(7);
  for (const n of [1, 2, 3, 700, 5_000]) {
    const times = Array.from({ length: n }, () => chance.between(0, 999));
    const [of] = all(times.map((natural) => ["ECO", natural, natural]));
    times.sort((a, b) => a - b);
    const at = (p: number) => times[Math.ceil((n * p) / 100) - 1];
    const ranked = { p50: at(50), p90: at(90) };
    expect(of).toMatchObject({ n, natural: ranked, worked: ranked });
  }
});
