/**
 * Suggestions: how often they are right on recorded requests, against what
 * needs no model, and what they cost. `npm run bench -- suggest [--small]`;
 * how it is tried is told in bench/recorded/trials.ts.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createZone } from "../contract/zone.ts";
import { createSuggestions } from "../server/hub/incidents/likeness/suggestions.ts";
import { createChance } from "../test/kit/chance.ts";
import { recordedData } from "../test/kit/data.ts";
import { createReports } from "./load/reports.ts";
import { percentile, report, small } from "./measure.ts";
import {
  accuracyOf,
  calibrationError,
  thresholdFor,
  type Answer,
} from "./recorded/answers.ts";
import { readBoston } from "./recorded/boston.ts";
import { readCatalogue, readMessages } from "./recorded/messages.ts";
import {
  answersOf,
  asked,
  tryBoston,
  tryClosing,
  tryMessages,
  type Trial,
} from "./recorded/trials.ts";

/** What is said at all should be right this often. */
const WANTED = 0.8;

const data = recordedData();
if (data === null) console.error("no recorded data: its figures are left out");
else {
  boston(data);
  chinese(data);
}
cost();

function boston(folder: string): void {
  const all = readBoston(folder);
  const trials = tryBoston(all);
  const closing = tryClosing(all);
  for (const target of ["category", "department"] as const) {
    const name = `Boston ${target === "category" ? "type" : "department"}`;
    const { floors } = trials[target];
    for (const [floor, answers] of Object.entries(floors))
      tell(`${name}, merely the ${floor}`, answers);
    tell(name, answersOf(trials[target]), floors);
    tellSure(name, trials[target]);
    tell(`${name}, learned as they close`, closing[target], floors);
  }
}

function chinese(folder: string): void {
  const messages = readMessages(folder);
  for (const [how, catalogue] of [
    ["", []],
    [", catalogue learned first", readCatalogue(folder)],
  ] as const) {
    const name = `Chinese top category${how}`;
    const trial = tryMessages(messages, catalogue);
    tell(name, answersOf(trial), trial.floors);
    tellSure(name, trial);
  }
}

/** Top one and three; the floor is the best of what needs no model. */
function tell(
  name: string,
  answers: readonly Answer[],
  floors?: Trial["floors"],
): void {
  for (const top of [1, 3]) {
    const right = (of: readonly Answer[]) => 100 * accuracyOf(of, top);
    const floor = floors && Math.max(...Object.values(floors).map(right));
    report("suggest", `${name}: top ${top}`, right(answers), "%", floor);
  }
  if (!floors) return;
  const off = 100 * calibrationError(answers);
  report("suggest", `${name}: confidence off by`, off, "points");
}

/** How often it speaks, and how often it is right then. */
function tellSure(name: string, { parts }: Trial): void {
  const thresholds = parts.map(({ between }) => thresholdFor(between, WANTED));
  const all = parts.flatMap(({ answers }) => answers);
  const sure = parts.flatMap(({ answers }, i) =>
    answers.filter(({ confidence }) => confidence >= thresholds[i]!),
  );
  const share = (100 * sure.length) / all.length;
  const middle = percentile(thresholds, 50);
  report("suggest", `${name}: threshold`, middle, "confidence");
  report("suggest", `${name}: said at the threshold`, share, "%");
  const right = 100 * accuracyOf(sure, 1);
  report("suggest", `${name}: right where said`, right, "%");
}

/** Frees what nobody holds, so that what is held can be read. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

function cost(): void {
  const CLOSED = small ? 10_000 : 100_000;
  const make = createReports(createChance(1));
  const reports = Array.from({ length: CLOSED }, (_, n) => make(n));
  const suggestions = createSuggestions(createZone("Asia/Shanghai"));
  collect();
  const before = process.memoryUsage().heapUsed;
  const begun = performance.now();
  for (const one of reports) suggestions.learn(one);
  const took = performance.now() - begun;
  report("suggest", `learned, each of ${CLOSED}`, (took / CLOSED) * 1000, "µs");
  report("suggest", `learned, ${CLOSED} from the store`, took / 1000, "s");
  collect();
  const held = process.memoryUsage().heapUsed - before;
  report("suggest", `memory after ${CLOSED}`, held / 1e6, "MB");
  const times = reports.slice(-2_000).map((one) => {
    const from = performance.now();
    suggestions.suggest(asked({ ...one, id: "new" }));
    return performance.now() - from;
  });
  report("suggest", "suggestion p50", percentile(times, 50), "ms");
  report("suggest", "suggestion p99", percentile(times, 99), "ms");
}
