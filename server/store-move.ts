/**
 * `npm run store:move -- --from sqlite:PATH --to postgres://…` (or back): copies
 * a store whose hub is stopped into an empty one, then compares both by counts
 * and checksums, table by table.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { makePrivately } from "./lib/private.ts";
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
  const from = await openDb(values.from);
  const to = await openDb(values.to).catch(async (error: unknown) => {
    await from.close();
    throw error;
  });
  try {
    const sums = await moveStore(from, to, say);
    for (const { table, rows, from, to } of sums)
      say(
        `${table.padEnd(22)} ${String(rows).padStart(10)} rows  ${from}  ${to}`,
      );
    say(`from ${totalOf(sums.map((each) => each.from))}`);
    say(`to   ${totalOf(sums.map((each) => each.to))}`);
  } finally {
    await from.close();
    await to.close();
  }
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
