/**
 * Forward-only steps, each run once, under a lock, by the engine (decisions
 * D6). SQL uses SQLite's four types; postgres.ts names its own for them.
 * Never change a step that was released: add one.
 */
import { StoreFromFuture, type Db, type Step } from "../db.ts";
import { foundation } from "./0001-foundation.ts";
import { warningOwners } from "./0002-warning-owners.ts";
import { quarantineTimes } from "./0003-quarantine-times.ts";
import { cameraOwners } from "./0004-camera-owners.ts";
import { warningStanding } from "./0005-warning-standing.ts";
import { accounts } from "./0006-accounts.ts";
import { audit } from "./0007-audit.ts";
import { feedKeys } from "./0008-feed-keys.ts";
import { incidentDepartments } from "./0009-incident-departments.ts";
import { reporters } from "./0010-reporters.ts";
import { dossiers } from "./0011-dossiers.ts";
import { filters } from "./0012-filters.ts";
import { attachments } from "./0013-attachments.ts";
import { duty } from "./0014-duty.ts";
import { alarms } from "./0015-alarms.ts";
import { outbox } from "./0016-outbox.ts";
import { verdicts } from "./0017-verdicts.ts";
import { incidentWords } from "./0018-incident-words.ts";
import { statistics } from "./0019-statistics.ts";
import { ruleEditions } from "./0020-rule-editions.ts";
import { algorithms } from "./0021-algorithms.ts";
import { webhookStanding } from "./0022-webhook-standing.ts";
import { pastAlarms } from "./0023-past-alarms.ts";
import { ownVisits } from "./0024-own-visits.ts";
import { callers } from "./0025-callers.ts";
import { dutyCentres } from "./0026-duty-centres.ts";
import { towns } from "./0027-towns.ts";
import { statisticsCodes } from "./0028-statistics-codes.ts";

export const migrations: readonly Step[][] = [
  foundation,
  warningOwners,
  quarantineTimes,
  cameraOwners,
  warningStanding,
  accounts,
  audit,
  feedKeys,
  incidentDepartments,
  reporters,
  dossiers,
  filters,
  attachments,
  duty,
  alarms,
  outbox,
  verdicts,
  incidentWords,
  statistics,
  ruleEditions,
  algorithms,
  webhookStanding,
  pastAlarms,
  ownVisits,
  callers,
  dutyCentres,
  towns,
  statisticsCodes,
];

/**
 * The statements that bring a store of `version` to the present.
 * @throws StoreFromFuture where the store is newer than this program
 */
export function pending(version: number, engine: Db["engine"]): string[] {
  if (version > migrations.length)
    throw new StoreFromFuture(
      `This store has version ${version}, but this program knows only up to ${migrations.length}: start a newer program, or restore a backup made before the upgrade.`,
    );
  return saidTo(engine, migrations.slice(version));
}

/** Steps as one engine's statements. */
export const saidTo = (
  engine: Db["engine"],
  steps: readonly Step[][],
): string[] =>
  steps
    .flat()
    .flatMap((step) => (typeof step === "string" ? step : step[engine]));
