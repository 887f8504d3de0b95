import { sees } from "../../contract/data-scope.ts";
import type { Held } from "../../contract/incident.ts";
import { say } from "../../contract/sentence.ts";
import type { Principal } from "../auth/principal.ts";
import type { IncidentFlow } from "../flow/incidents.ts";
import type { Store, StoredIncident } from "../store/store.ts";
import { HttpProblem } from "./problem.ts";

export const isTheirs = (
  flow: Pick<IncidentFlow, "told">,
  { view }: Pick<Principal, "view">,
  held: Held,
): boolean => {
  const { departments, district } = flow.told(held);
  return sees(view, { departments, district });
};

/**
 * One incident of somebody's scope.
 * @throws 404 where there is none, and alike where it is not theirs
 */
export type Theirs = (id: string, who: Principal) => Promise<StoredIncident>;

export const createTheirs =
  (
    flow: Pick<IncidentFlow, "told">,
    { incidents }: Pick<Store, "incidents">,
  ): Theirs =>
  async (id, who) => {
    const found = await incidents.get(id);
    if (found && isTheirs(flow, who, found)) return found;
    throw new HttpProblem(404, `there is no incident ${id}`, {
      ...(found && {
        refused: {
          object: `incident/${id}`,
          detail: say("incidentOutside").message,
        },
      }),
    });
  };
