import { expect, it } from "vitest";
import { fuzz } from "./fuzz.ts";

it("answers every mutated payload with a judgement or a reason and a path", async () => {
  const reports = await fuzz({ payloads: 300, seed: 3, settled: 200 });
  for (const { format, parsed, faults } of reports) {
    expect(faults, format).toEqual([]);
    expect(parsed, `${format} got past the parser`).toBeGreaterThan(0.3);
  }
  expect(reports).toHaveLength(9);
});
