import { expect, it } from "vitest";
import { timesOf, type Times } from "./times.ts";

const done = (
  department: string,
  natural: number[],
  worked: number[] = [],
) => ({
  ...{ stage: "handle" as const, department },
  ...{
    natural: Float64Array.from(natural),
    worked: Float64Array.from(worked),
  },
});
function all(cells: ReturnType<typeof done>[]): Times[] {
  const work = timesOf(cells, ({ department }) => department);
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}

it("ranks what cells of one department took together, whatever the order", () => {
  const [eco, test] = all([
    done("ECO", [50, 10, 40]),
    done("TEST", [7]),
    done("ECO", [30, 20, 100, 60, 70, 90, 80]),
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
    done("ECO", [1, 2, 3], [5]),
    done("TEST", [1], []),
    done("ECO", [4], [3]),
  ]);
  expect(eco).toMatchObject({ n: 4, worked: { p50: 3, p90: 5 } });
  expect(test!.worked).toBeNull();
});
