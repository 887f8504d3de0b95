/**
 * `npm run replay`: sends recorded files to a hub through the same HTTP doors
 * as any department (decisions B5), and prints what became of every row.
 */
import { resolve } from "node:path";
import { readReplayOptions, REPLAY_USAGE } from "./replay/options.ts";
import { balanced, printLedger, type Entry } from "./replay/ledger.ts";
import { stopSignal } from "./stop.ts";
import { runReplay, type Progress } from "./replay/run.ts";

export { writeReplayPack } from "./replay/pack.ts";
export { runReplay, type ReplayOptions } from "./replay/run.ts";

/** Between two lines of progress, ms. */
const PROGRESS_EVERY = 2_000;

function progressLine({ entries, sourceTime }: Progress): string {
  const one = ({ feed, rows, sent }: Entry) => {
    const at = sourceTime.get(feed);
    const when = at === undefined ? "" : ` at ${new Date(at).toISOString()}`;
    return `${feed} ${rows} rows, ${sent} sent${when}`;
  };
  return entries.map(one).join(" · ");
}

async function main(): Promise<number> {
  const options = await readReplayOptions(process.argv.slice(2)).catch(
    (error: Error) => {
      throw new Error(`${error.message}\n${REPLAY_USAGE}`);
    },
  );
  if (options === null) return 0;
  const signal = stopSignal();
  signal.addEventListener("abort", () => {
    console.error("Stopped before the end of the recordings.");
    process.exit(0);
  });
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
    return 1;
  });
}
