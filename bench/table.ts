/** `tsx bench/table.ts FIGURES.jsonl`: the table of docs/performance.md from the lines that benches printed. */
import { readFileSync } from "node:fs";
import type { Figure } from "./measure.ts";
import { targets } from "./targets.ts";

const [file] = process.argv.slice(2);
if (!file) throw new Error("name the file of figures");
const figures = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("{"))
  .map((line) => JSON.parse(line) as Figure);

const number = (value: number | undefined) =>
  value === undefined ? "" : value.toLocaleString("en");

function verdict(figure: Figure): string[] {
  const target = targets.find(
    (one) => one.bench === figure.bench && one.figure.test(figure.figure),
  );
  if (!target) return ["", ""];
  const score = target.score(figure);
  const word = score >= 1 ? "met" : score >= 0.5 ? "missed" : "under half";
  return [target.says, score >= 1 ? word : `**${word}**`];
}

const rows = [
  ["", "figure", "value", "unit", "floor", "ratio", "target", ""],
  ["---", "---", "--:", "---", "--:", "--:", "---", "---"],
  ...figures.map((figure) => [
    figure.bench.toUpperCase(),
    figure.figure,
    number(figure.value),
    figure.unit,
    number(figure.floor),
    number(figure.ratio),
    ...verdict(figure),
  ]),
];
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
