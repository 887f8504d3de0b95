/**
 * `npm run replay`: sends recorded files to a hub through the same HTTP doors
 * as any department (decisions B5), and prints what became of every row.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { numberIn, oneOf, readKeys, urlOf } from "./options.ts";
import { balanced, printLedger, type Entry } from "./replay/ledger.ts";
import { stopSignal } from "./stop.ts";
import {
  runReplay,
  SOURCE_IDS,
  type Progress,
  type ReplayOptions,
  type SourceId,
} from "./replay/run.ts";

export { writeReplayPack } from "./replay/pack.ts";
export { runReplay, type ReplayOptions } from "./replay/run.ts";

const USAGE = `npm run replay -- --from DIR [--speed max|3600] [--only ${SOURCE_IDS.join(",")}] [--limit ROWS]
                  [--hub http://127.0.0.1:8080] --keys FILE`;

/** Between two lines of progress, ms. */
const PROGRESS_EVERY = 2_000;

async function readOptions(args: string[]): Promise<ReplayOptions> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: "string" },
      speed: { type: "string", default: "max" },
      only: { type: "string" },
      limit: { type: "string" },
      hub: { type: "string", default: "http://127.0.0.1:8080" },
      keys: { type: "string" },
    },
  });
  if (values.from === undefined)
    throw new Error("--from names the folder of recorded data; it is missing");
  if (values.keys === undefined)
    throw new Error("--keys names the file of feed keys; it is missing");
  const only = values.only?.split(",").map((word) => word.trim());
  for (const word of only ?? []) oneOf("--only", word, SOURCE_IDS);
  return {
    from: resolve(values.from),
    hub: urlOf("--hub", values.hub, ["http:", "https:"]),
    keys: await readKeys(values.keys),
    speed:
      values.speed === "max"
        ? "max"
        : numberIn("--speed", values.speed, 0.01, 1e6),
    ...(only && { only: only as SourceId[] }),
    ...(values.limit !== undefined && {
      limit: numberIn("--limit", values.limit, 1, 1e9),
    }),
  };
}

function progressLine({ entries, sourceTime }: Progress): string {
  const one = ({ feed, rows, sent }: Entry) => {
    const at = sourceTime.get(feed);
    const when = at === undefined ? "" : ` at ${new Date(at).toISOString()}`;
    return `${feed} ${rows} rows, ${sent} sent${when}`;
  };
  return entries.map(one).join(" · ");
}

async function main(): Promise<number> {
  const options = await readOptions(process.argv.slice(2));
  const signal = stopSignal();
  let printed = 0;
  const started = performance.now();
  const entries = await runReplay({
    ...options,
    signal,
    onTrouble: (message) => console.error(message),
    onProgress(progress) {
      const now = performance.now();
      if (now - printed < PROGRESS_EVERY) return;
      printed = now;
      console.error(progressLine(progress));
    },
  });
  console.log(printLedger(entries));
  const seconds = (performance.now() - started) / 1000;
  console.log(`\n${seconds.toFixed(1)} s`);
  return entries.every(balanced) ? 0 : 2;
}

if (process.argv[1] && import.meta.filename === resolve(process.argv[1])) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(USAGE);
    return 1;
  });
}
