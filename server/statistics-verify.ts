/**
 * `npm run statistics:verify`: makes what statistics count anew from the
 * histories of incidents and names every one that differs from what is kept,
 * whether or not the hub runs. It only looks: nothing is made or changed.
 */
import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { CalendarDay } from "../contract/calendar.ts";
import { createZone } from "../contract/zone.ts";
import { readCityPack } from "./city/pack.ts";
import { config as readConfig } from "./config.ts";
import { createCalendar } from "../contract/work-time.ts";
import { createAreaIndex } from "./hub/areas.ts";
import { recounted } from "./hub/statistics/counted.ts";
import { eachIncident } from "./store/incident-recount.ts";
import { takenRows } from "./store/rules.ts";
import { readDb } from "./store/open-db.ts";
import { rowsOf } from "./store/statistics.ts";

/** More are counted and not named. */
const NAMED = 20;

async function main(): Promise<void> {
  const config = readConfig();
  const file = /^sqlite:(.+)$/.exec(config.databaseUrl)?.[1];
  if (file !== undefined && !existsSync(file))
    throw new Error(`DATA_DIR: there is no store ${file}`);
  if (config.cityDir === null)
    throw new Error("CITY_DIR: name the city pack whose calendar holds");
  const pack = await readCityPack(config.cityDir);
  const zone = createZone(pack.city.timeZone);
  const db = await readDb(config.databaseUrl);
  const calendar = createCalendar({
    ...{ ...pack.calendar, zone },
    // One that was taken since holds instead.
    ...{
      days:
        (await takenRows<CalendarDay>(db, "calendar")) ?? pack.calendar.days,
    },
  });
  const { townAt } = createAreaIndex(pack.areas);
  let incidents = 0;
  const wrong: string[] = [];
  try {
    for await (const some of eachIncident(db))
      for (const { held, history } of some) {
        incidents++;
        const { id, number } = held.incident;
        const kept = await rowsOf(db, id);
        const told = recounted(held, history, { calendar, townAt });
        const isCounted = told.stages.length + told.acts.length > 0;
        if (!isDeepStrictEqual(kept.towns, isCounted ? [told.town] : []))
          wrong.push(
            `${number}: town: ${JSON.stringify(kept.towns)} kept, ${JSON.stringify(told.town)} by where it lies`,
          );
        for (const what of ["stages", "acts"] as const)
          if (!isDeepStrictEqual(kept[what], told[what]))
            wrong.push(
              `${number}: ${what}: ${kept[what].length} kept, ${told[what].length} by its history${firstOf(kept[what], told[what])}`,
            );
      }
  } finally {
    await db.close();
  }
  say(`${incidents} incidents`);
  if (wrong.length === 0)
    return say("What statistics count is what the histories tell.");
  say(`${wrong.length} differ from their histories:`);
  for (const line of wrong.slice(0, NAMED)) say(`- ${line}`);
  process.exitCode = 1;
}

function firstOf(kept: readonly object[], told: readonly object[]): string {
  const i = told.findIndex((row, at) => !isDeepStrictEqual(row, kept[at]));
  return i < 0
    ? ""
    : `; the first: ${JSON.stringify(kept[i] ?? null)} for ${JSON.stringify(told[i])}`;
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
