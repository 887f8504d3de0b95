/** `npm run chaos [-- --kills 20 --steps 200 --seed 1 --postgres]`: the full counts of kills, under load and between steps. */
import { parseArgs } from "node:util";
import { startPostgres } from "../kit/postgres.ts";
import { killAgainAndAgain } from "./kill.ts";
import { killBetweenSteps } from "./steps/kill.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    steps: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    postgres: { type: "boolean", default: false },
  },
});
const postgres = values.postgres ? await startPostgres() : null;
const report = await killAgainAndAgain({
  kills: Number(values.kills),
  seed: Number(values.seed),
  longLives: true,
  ...(postgres ? { databaseUrl: postgres.url } : {}),
  log: console.log,
});
await postgres?.stop();
console.log(JSON.stringify(report, null, 2));
const { rows, windows, complaints } = report;
const faults =
  rows.lost + rows.doubled + rows.wrong + windows.different + complaints.length;

const steps = await killBetweenSteps({
  ...{ tries: Number(values.steps), seed: Number(values.seed) },
  log: console.log,
});
console.log(JSON.stringify(steps, null, 2));
const left = steps.lost + steps.wrong + steps.complaints.length;
process.exitCode = faults + left > 0 || windows.compared === 0 ? 1 : 0;
