/** Incidents as one who asks may have them: within the scope, and masked. */
import { sees, type Whose } from "../../contract/data-scope.ts";
import type { Held, Incident } from "../../contract/incident.ts";
import { say } from "../../contract/sentence.ts";
import { isMasked } from "../../contract/statistics.ts";
import { maskIncident } from "../auth/mask.ts";
import type { Principal } from "../auth/principal.ts";
import { isReportOf } from "../flow/incident-reports.ts";
import type { IncidentFlow } from "../flow/incidents.ts";
import type { Store, StoredIncident } from "../store/store.ts";
import { HttpProblem } from "./problem.ts";

export type Theirs = ReturnType<typeof createTheirs>;

export function createTheirs(
  flow: Pick<IncidentFlow, "told" | "sourceShown">,
  { incidents }: Pick<Store, "incidents">,
) {
  const whoseOf = (held: Held): Whose => {
    const { departments, district } = flow.told(held);
    return { departments, district };
  };
  /** Whoever reported without a place keeps it: it lies in no district, so it would be in nobody's but the city's. */
  const isSeen = ({ view, subject }: Principal, held: Held): boolean => {
    const whose = whoseOf(held);
    const isOwn = whose.district === null && isReportOf(subject, held.incident);
    return sees(isOwn ? { ...view, districts: null } : view, whose);
  };
  const reporterOf = async (id: string) =>
    (await incidents.reporters([id])).get(id) ?? null;
  const shownAll = async (
    helds: readonly Held[],
    { view }: Principal,
  ): Promise<Incident[]> => {
    const reporters = await incidents.reporters(
      helds.map(({ incident }) => incident.id),
    );
    return helds.map((held) =>
      maskIncident(
        flow.told(held),
        reporters.get(held.incident.id) ?? null,
        view.masking,
      ),
    );
  };

  return {
    whoseOf,
    isSeen,
    reporterOf,

    /** Who guesses a caller's name or number is not told whether it is one. @throws 422 */
    admitSource({ source }: { source?: string | undefined }): void {
      if (source === undefined) return;
      if (!isMasked(source) && flow.sourceShown(source) === source) return;
      throw new HttpProblem(422, say("sourceHidden"), {
        errors: [{ path: "/query/source", ...say("sourceHidden") }],
      });
    },

    /** @throws 404 where there is none, and alike where it is not theirs */
    async get(id: string, who: Principal): Promise<StoredIncident> {
      const found = await incidents.get(id);
      if (found && isSeen(who, found)) return found;
      throw new HttpProblem(404, say("incidentMissing", { id }), {
        ...(found && {
          refused: {
            object: `incident/${id}`,
            detail: say("incidentOutside").message,
          },
        }),
      });
    },

    shown: async (held: Held, who: Principal): Promise<Incident> =>
      (await shownAll([held], who))[0]!,

    shownAll,
  };
}
