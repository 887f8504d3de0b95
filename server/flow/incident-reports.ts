/** How incidents come in: brought by feeds, entered by hand, found by the hub itself; judged, stored, then shown. */
import type { Algorithm } from "../../contract/algorithm.ts";
import { OWN_ATTACHMENT } from "../../contract/attachment.ts";
import type {
  Held,
  Incident,
  IncidentReport,
  OwnReport,
  Reporter,
} from "../../contract/incident.ts";
import { say } from "../../contract/sentence.ts";
import type { SystemReport } from "../../contract/system-report.ts";
import type { Outcome } from "../feeds/sink.ts";
import type { Actor, Rules } from "../hub/incidents/held.ts";
import { sightingFlaw } from "../hub/incidents/sighting.ts";
import type { Clock } from "../lib/clock.ts";
import type { Allowed } from "../lib/outbound.ts";
import type { IncidentInput } from "../store/store.ts";
import type { AttachmentFlow } from "./attachments.ts";
import {
  inputOf,
  isOver,
  refusal,
  unknownDepartment,
  unopenable,
  type Source,
} from "./incident-input.ts";
import type { IncidentShare } from "./incident-share.ts";
import type { KeptIncidents } from "./kept-incidents.ts";
import type { Place } from "./place.ts";

/** A report by hand that is not taken. */
export class ReportRefusal extends Error {
  readonly path: string;
  constructor({ path, message }: { path: string; message: string }) {
    super(message);
    this.path = path;
  }
}

/** Where reports by hand come from; no feed may be called so. */
export const DESK = "desk";

/** Under which id a report by hand is kept: nobody can send another's again. */
const ownId = (account: string, key: string) => `${account}/${key}`;

/** Did the account enter it by hand? */
export const isReportOf = (
  account: string,
  { feed, externalId }: Pick<Incident, "feed" | "externalId">,
): boolean => feed === DESK && externalId.startsWith(ownId(account, ""));

export interface IncidentReports {
  take(
    feed: Source,
    items: { index: number; item: SystemReport }[],
  ): Promise<Outcome>;
  /**
   * What somebody enters by hand, judged at once and stored when it is called.
   * @throws ReportRefusal, AttachmentRefusal
   */
  judgeOwn(
    report: OwnReport,
    actor: Actor & { id: string },
  ): Promise<() => Promise<Held>>;
  /**
   * Enters what the hub found itself, once however often it is reported.
   * @param district where the report has no point
   * @throws ReportRefusal
   */
  enter(
    source: Source,
    report: IncidentReport,
    district: string | null,
  ): Promise<Held>;
}

export function createIncidentReports(ask: {
  store: KeptIncidents["store"];
  clock: Clock;
  place: Place;
  rules: Rules;
  share: IncidentShare;
  photos: Pick<AttachmentFlow, "name">;
  /** The centre's own department: of reports by those who have no one department. */
  centre: string;
  /** What attachments may name although it would be refused. */
  allowed: Allowed;
  /** By code; read when a sighting is judged, for they change. */
  algorithms: ReadonlyMap<string, Algorithm>;
  /** It is stored so. */
  show: (held: Held, reporter: Reporter | null) => void;
}): IncidentReports {
  const { store, clock, place, rules, share, show } = ask;

  async function keep(input: IncidentInput): Promise<Held> {
    const [reported] = await store.incidents.report([input]);
    const { held, outcome, reporter } = reported!;
    if (outcome !== "duplicate") show(held, reporter);
    return held;
  }

  return {
    async take(feed, items) {
      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      const inputs: IncidentInput[] = [];
      const crowded = share.crowd(feed.id);
      for (const { index, item } of items) {
        const refused =
          refusal(feed, item, place, clock.now()) ??
          unopenable(item, ask.allowed) ??
          unknownDepartment(item, rules) ??
          sightingFlaw(item, ask.algorithms) ??
          share.strange(feed.id, item) ??
          // One that ended is not held.
          (isOver(item) ? null : crowded(item));
        if (refused) outcome.rejections.push({ index, ...refused });
        else {
          share.heard(feed.id, item);
          inputs.push(inputOf(feed, item, place, { now: clock.now(), rules }));
        }
      }
      if (inputs.length === 0) return outcome;
      const reported = await store.incidents.report(inputs);
      for (const { outcome: what, held, reporter } of reported) {
        if (what === "duplicate") outcome.duplicates++;
        else {
          outcome.accepted++;
          show(held, reporter);
        }
      }
      return outcome;
    },

    async judgeOwn({ key, reportedAt, photos, ...report }, actor) {
      const now = clock.now();
      const feed: Source = {
        ...{ id: DESK, historic: false, clock: "wall" },
        department: actor.departments?.[0] ?? ask.centre,
      };
      const { lng, lat, category, priority, reporter, ...texts } = report;
      // Senders may have codes of their own; a person chooses among the city's.
      if (category !== null && !rules.isCategory(category)) {
        const { message } = say("categoryMissing", { category });
        throw new ReportRefusal({ path: "/category", message });
      }
      const item: IncidentReport = {
        ...texts,
        externalId: ownId(actor.id, key),
        ...(category !== null && { category }),
        ...(priority !== null && { level: priority }),
        ...(lng !== undefined && lat !== undefined && { lng, lat }),
        ...(reporter && { reporter }),
        reportedAt: reportedAt ?? now,
        attachments: [],
      };
      const refused =
        refusal(feed, item, place, now) ?? share.crowd(feed.id)(item);
      if (refused) throw new ReportRefusal(refused);
      const types = await ask.photos.name(photos, actor.id, "/photos");
      item.attachments = photos.map((id, i) => ({
        url: OWN_ATTACHMENT + id,
        kind: types[i]!,
      }));
      const input = inputOf(feed, item, place, { now, rules });
      return () => keep(input);
    },

    async enter(source, report, district) {
      const now = clock.now();
      const refused =
        refusal(source, report, place, now) ?? share.crowd(source.id)(report);
      if (refused) throw new ReportRefusal(refused);
      const input = inputOf(source, report, place, { now, rules });
      return keep({ ...input, district: input.district ?? district });
    },
  };
}
