/** Adds up what the files of the attack suite counted, and tells it at the end of a run. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Environment variable: the file in which each of them leaves its counts. */
export const ATTACKS_FILE = "CHENGSHU_ATTACKS_FILE";

/** Vitest runs it before the first file, and what it gives after the last. */
export function setup(): () => void {
  const file = join(tmpdir(), `chengshu-attacks-${process.pid}`);
  process.env[ATTACKS_FILE] = file;
  return () => {
    if (!existsSync(file)) return;
    console.log(told(readFileSync(file, "utf8")));
    rmSync(file);
  };
}

/** @param lines JSON of a family's counts, one a line */
function told(lines: string): string {
  const families = new Map<string, number>();
  let [total, gotIn] = [0, 0];
  for (const line of lines.trim().split("\n")) {
    const count = JSON.parse(line) as {
      family: string;
      tried: number;
      gotIn: number;
    };
    families.set(count.family, (families.get(count.family) ?? 0) + count.tried);
    total += count.tried;
    gotIn += count.gotIn;
  }
  const each = [...families].map(([family, tried]) => `${family} ${tried}`);
  return `attacks: ${each.join(", ")}, total ${total}, got in ${gotIn}`;
}
