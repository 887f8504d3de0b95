import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function incidentHandlers(
  store: Store,
): Pick<Handlers, "listIncidents" | "getIncident"> {
  return {
    listIncidents: ({ query }) => store.incidents.page(query),

    async getIncident({ params }) {
      const found = await store.incidents.get(params["id"]!);
      if (!found)
        throw new HttpProblem(404, `there is no incident ${params["id"]}`);
      return found;
    },
  };
}
