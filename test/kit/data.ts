import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The folder of recorded data, or null where it is absent: tests that need it
 * then skip. RECORDED_DATA names it; else it is looked for beside the checkout.
 */
export function recordedData(): string | null {
  const root = join(import.meta.dirname, "../..");
  const places = [
    process.env["RECORDED_DATA"],
    join(root, "../data"),
    join(root, "../shared/data"),
  ];
  return places.find((place) => place && existsSync(place)) ?? null;
}
