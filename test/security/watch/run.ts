/** `npm run watch:scope [-- --seconds 60 --seed 1]`: a minute of it. */
import { parseArgs } from "node:util";
import { watchScopes } from "./watch.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
  },
});
const report = await watchScopes({
  seconds: Number(values.seconds),
  seed: Number(values.seed),
});
console.log(JSON.stringify(report, null, 2));
process.exitCode =
  report.foreign + report.missing > 0 || report.received === 0 ? 1 : 0;
