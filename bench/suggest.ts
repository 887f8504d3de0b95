/**
 * Suggestions: how often they are right on recorded requests, against what
 * needs no model, and what they cost. `npm run bench -- suggest [--small]`;
 * how it is tried is told in bench/recorded/trials.ts.
 */
import { WHOLE_CITY } from "../contract/data-scope.ts";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createZone } from "../contract/zone.ts";
import {
  createSuggestions,
  SUGGESTION_RULES,
} from "../server/hub/incidents/likeness/suggestions.ts";
import { createChance } from "../test/kit/chance.ts";
import { recordedData } from "../test/kit/data.ts";
import { createReports } from "./load/reports.ts";
import { cpuSince, percentile, report, small } from "./measure.ts";
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
  type Target,
  type Trial,
} from "./recorded/trials.ts";

/** What is said at all should be right this often. */
const WANTED = 0.8;
/** Suggestions whose cost is measured. */
const ASKED = 5_000;

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
    tellSure(name, trials[target], target);
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
    tellSure(name, trial, "category");
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
function tellSure(name: string, { parts }: Trial, target: Target): void {
  const all = parts.flatMap(({ answers }) => answers);
  const least = SUGGESTION_RULES.least[target];
  const usual = all.filter(({ confidence }) => confidence >= least);
  tellSaid(`${name}, at the usual threshold`, all, usual);
  const thresholds = parts.map(({ between }) => thresholdFor(between, WANTED));
  const sure = parts.flatMap(({ answers }, i) =>
    answers.filter(({ confidence }) => confidence >= thresholds[i]!),
  );
  const middle = percentile(thresholds, 50);
  report("suggest", `${name}: threshold`, middle, "confidence");
  tellSaid(`${name}, at the threshold`, all, sure);
}

function tellSaid(
  name: string,
  all: readonly Answer[],
  said: readonly Answer[],
): void {
  report("suggest", `${name}: said`, (100 * said.length) / all.length, "%");
  if (said.length > 0)
    report("suggest", `${name}: right`, 100 * accuracyOf(said, 1), "%");
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
  const cpu = cpuSince();
  for (const one of reports) suggestions.learn(one);
  const learned = cpu();
  report("suggest", `CPU to learn ${CLOSED} at a start`, learned / 1000, "s");
  collect();
  const held = process.memoryUsage().heapUsed - before;
  report("suggest", `memory after ${CLOSED}`, held / 1e6, "MB");
  const cpuOfAsking = cpuSince();
  for (const one of reports.slice(-ASKED))
    suggestions.suggest(asked({ ...one, id: "new" }), WHOLE_CITY);
  report("suggest", "CPU of a suggestion", cpuOfAsking() / ASKED, "ms");
}
