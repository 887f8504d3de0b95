import { createZone } from "../../contract/zone.ts";
import { createAccounts } from "./accounts.ts";
import { createAlgorithms } from "./algorithms.ts";
import { createAttachments } from "./attachments.ts";
import { createAlarms } from "./alarms.ts";
import { createCallers } from "./callers.ts";
import { createAudit } from "./audit.ts";
import { createCameras } from "./cameras.ts";
import { createDepartments } from "./departments.ts";
import { createDevices } from "./devices.ts";
import { createDuty } from "./duty.ts";
import { createFacts } from "./facts.ts";
import { createFeedKeys } from "./feed-keys.ts";
import { createFeeds } from "./feeds.ts";
import { createFilters } from "./filters.ts";
import { createIncidents } from "./incidents.ts";
import { createIndicators } from "./indicators.ts";
import type { Db } from "./db.ts";
import { openDb, readLater } from "./open-db.ts";
import { createOutbox } from "./outbox.ts";
import { openPositions } from "./positions.ts";
import { createQuarantine } from "./quarantine.ts";
import { openLogs } from "./readings/client.ts";
import { createRules } from "./rules.ts";
import { createRights } from "./rights.ts";
import { createSensors } from "./sensors.ts";
import { createSeries } from "./series.ts";
import type { Store, StoreOptions } from "./store.ts";
import { createSessions } from "./sessions.ts";
import { createStatistics } from "./statistics-count.ts";
import { createSealed } from "./vault.ts";
import { createWarnings } from "./warnings.ts";

/** A disk with room for a few bytes is full all the same: as much as some thousand readings. */
const PROBE_BYTES = 64 * 1024;

/**
 * Opens the store and brings it to the present version.
 * @throws StoreFromFuture, StoreDown
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const db = await openDb(options.url);
  try {
    return await assemble(db, options);
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function assemble(db: Db, options: StoreOptions): Promise<Store> {
  const timeZone = options.timeZone ?? "Asia/Shanghai";
  const zone = createZone(timeZone);
  const logs = await openLogs(db, timeZone, options.onFold);
  const { readings } = logs;
  const series = createSeries(db);
  const indicators = createIndicators(db, zone);
  const positions = await openPositions(db, logs.tracks);
  const quarantine = createQuarantine(db);
  const warnings = createWarnings(db);
  // Counting takes seconds where incidents are many.
  const counting = readLater(options.url);
  const alarms = createAlarms(db);
  const sealed = createSealed(options.vault);
  const callers = createCallers(db, sealed);
  /** Series not yet durable: an append made meanwhile waits, and fails with them. */
  let adding: Promise<unknown> | null = null;

  return {
    engine: db.engine,
    readings: {
      ...readings,
      append: (rows) =>
        adding
          ? adding.then(() => readings.append(rows))
          : readings.append(rows),
      // What was appended before is seen, though it still waits.
      existing: (series, at) =>
        adding
          ? adding.then(() => readings.existing(series, at))
          : readings.existing(series, at),
    },
    series: {
      ...series,
      async add(rows) {
        const mine = Promise.all([adding, series.add(rows)]);
        adding = mine;
        try {
          await mine;
        } finally {
          if (adding === mine) adding = null;
        }
      },
    },
    sensors: createSensors(db),
    indicators,
    incidents: createIncidents(
      db,
      zone,
      sealed,
      options.show ?? ((texts) => texts),
    ),
    statistics: createStatistics(counting),
    callers,
    filters: createFilters(db),
    attachments: createAttachments(db),
    alarms,
    outbox: createOutbox(db),
    warnings,
    cameras: createCameras(db),
    positions,
    feeds: createFeeds(db),
    feedKeys: createFeedKeys(db),
    quarantine,
    accounts: createAccounts(db),
    sessions: createSessions(db),
    rights: createRights(db),
    devices: createDevices(db),
    departments: createDepartments(db),
    duty: createDuty(db),
    algorithms: createAlgorithms(db),
    rules: createRules(db),
    audit: createAudit(db),
    facts: createFacts(db),
    async prune(now, keep) {
      await logs.prune(now, keep);
      await indicators.prune(now, keep);
      await positions.prune(now, keep);
      await quarantine.prune(now, keep);
      await warnings.prune(now, keep);
      await alarms.prune(now, keep);
      await callers.prune(now);
    },
    async probe() {
      await db.batch([
        {
          sql: `INSERT INTO probe (no, data) VALUES (1, ?)
            ON CONFLICT (no) DO UPDATE SET data = excluded.data`,
          params: [new Uint8Array(PROBE_BYTES)],
        },
      ]);
    },
    async close() {
      await logs.close();
      await counting.close();
      await db.close();
    },
  };
}
