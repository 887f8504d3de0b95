/**
 * `npm run bench -- NAME… [--small]`: runs bench programs one after another,
 * each in a process of its own. A bench prints one JSON line per figure.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const NOT_A_BENCH = new Set([
  "run.ts",
  "measure.ts",
  "city.ts",
  "table.ts",
  "targets.ts",
]);
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !NOT_A_BENCH.has(file))
  .map((file) => file.slice(0, -3));
const all = known.filter((name) => /^p\d+$/.test(name));

const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith("-"));
const named = words.filter((word) => !word.startsWith("-"));
for (const name of named)
  if (!known.includes(name))
    throw new Error(`there is no bench ${name}; say one of ${known.join(" ")}`);

for (const name of named.length ? named : all) {
  const code = await run(join(import.meta.dirname, `${name}.ts`));
  if (code !== 0) {
    console.error(`bench ${name} ended with ${code}`);
    process.exitCode = 1;
  }
}

function run(file: string): Promise<number | null> {
  if (!existsSync(file)) throw new Error(`${file} is gone`);
  const bench = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), file, ...flags],
    { stdio: "inherit" },
  );
  return new Promise((resolve) => bench.once("close", resolve));
}
