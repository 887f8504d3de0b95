import { createZone } from "../lib/zone.ts";
import { createCameras } from "./cameras.ts";
import { createFacts } from "./facts.ts";
import { createFeeds } from "./feeds.ts";
import { createIncidents } from "./incidents.ts";
import { createIndicators } from "./indicators.ts";
import { openDb } from "./open-db.ts";
import { createPositions } from "./positions.ts";
import { createQuarantine } from "./quarantine.ts";
import { openReadings } from "./readings/client.ts";
import { createSensors } from "./sensors.ts";
import { createSeries } from "./series.ts";
import type { Store, StoreOptions } from "./store.ts";
import { createWarnings } from "./warnings.ts";

/**
 * Opens the store and brings it to the present version.
 * @throws StoreFromFuture, StoreDown
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const timeZone = options.timeZone ?? "Asia/Shanghai";
  const zone = createZone(timeZone);
  const db = await openDb(options.url);
  const { readings, close } = await openReadings(db, timeZone);
  const series = createSeries(db);
  /** Series not yet durable: an append waits for them. */
  let adding: Promise<void> | null = null;

  return {
    engine: db.engine,
    readings: {
      ...readings,
      append: (rows) =>
        adding
          ? adding.then(() => readings.append(rows))
          : readings.append(rows),
    },
    series: {
      ...series,
      async add(rows) {
        const mine = Promise.all([adding, series.add(rows)]).then(() => {
          if (adding === mine) adding = null;
        });
        adding = mine;
        await mine;
      },
    },
    sensors: createSensors(db),
    indicators: createIndicators(db),
    incidents: createIncidents(db, zone),
    warnings: createWarnings(db),
    cameras: createCameras(db),
    positions: createPositions(db),
    feeds: createFeeds(db),
    quarantine: createQuarantine(db),
    facts: createFacts(db),
    prune: () => Promise.resolve(),
    async probe() {
      await db.batch([
        {
          sql: `INSERT INTO counters (name, value) VALUES ('probe', 1)
            ON CONFLICT (name) DO UPDATE SET value = counters.value + 1`,
        },
      ]);
    },
    async close() {
      await close();
      await db.close();
    },
  };
}
