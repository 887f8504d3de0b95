/**
 * `npm run store:move -- --from sqlite:PATH --to postgres://…` (or back): copies
 * a store whose hub is stopped into an empty one, then compares both by counts
 * and checksums, table by table.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { makePrivately } from "./lib/private.ts";
import { holdStore } from "./store/hold.ts";
import { openDb } from "./store/open-db.ts";
import { moveStore, totalOf } from "./store/move.ts";

const USAGE =
  "Say where from and where to: npm run store:move -- --from sqlite:PATH --to postgres://user@host/database";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { from: { type: "string" }, to: { type: "string" } },
  });
  if (!values.from || !values.to) throw new Error(USAGE);
  makePrivately();
  const file = /^sqlite:(.+)$/.exec(values.from)?.[1];
  // SQLite would make it, and an empty store moves without a fault.
  if (file !== undefined && !existsSync(file))
    throw new Error(`--from: there is no file ${file}`);
  const ends: (() => Promise<void>)[] = [];
  try {
    for (const url of [values.from, values.to]) {
      const hold = await holdStore(url, stop);
      ends.push(() => hold.release());
    }
    const from = await openDb(values.from);
    ends.push(() => from.close());
    const to = await openDb(values.to);
    ends.push(() => to.close());
    const sums = await moveStore(from, to, say);
    for (const { table, rows, from, to } of sums)
      say(
        `${table.padEnd(22)} ${String(rows).padStart(10)} rows  ${from}  ${to}`,
      );
    say(`from ${totalOf(sums.map((each) => each.from))}`);
    say(`to   ${totalOf(sums.map((each) => each.to))}`);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** A hub came between while PostgreSQL was away. */
function stop(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
