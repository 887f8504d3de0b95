import { say } from "../../../contract/sentence.ts";
import { sees } from "../../../contract/data-scope.ts";
import type { Incident } from "../../../contract/incident.ts";
import type { Principal } from "../../auth/principal.ts";
import { maskFor, maskIncident, maskText } from "../../auth/mask.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function incidentHandlers({
  incidents,
}: Pick<Store, "incidents">): Pick<
  Handlers,
  "listIncidents" | "getIncident" | "revealIncident"
> {
  /** The incident with its history. @throws 404 where there is none, and alike where it is not theirs */
  async function theirs(id: string, { view }: Principal) {
    const found = await incidents.get(id);
    if (found && isSeen(view, found.incident)) return found;
    throw new HttpProblem(404, `there is no incident ${id}`, {
      ...(found && {
        refused: {
          object: `incident/${id}`,
          detail: say("incidentOutside").message,
        },
      }),
    });
  }

  const reporterOf = async (id: string) =>
    (await incidents.reporters([id])).get(id) ?? null;

  return {
    async listIncidents({ query, who: { view } }) {
      const page = await incidents.page({ ...query, within: view });
      const reporters = await incidents.reporters(
        page.items.map(({ id }) => id),
      );
      return {
        ...page,
        items: page.items.map((incident) =>
          maskIncident(
            incident,
            reporters.get(incident.id) ?? null,
            view.masking,
          ),
        ),
      };
    },

    async getIncident({ params, who }) {
      const id = params["id"]!;
      const { incident, history } = await theirs(id, who);
      const { masking } = who.view;
      const reporter = await reporterOf(id);
      const mask = maskFor(reporter, masking);
      return {
        incident: maskIncident(incident, reporter, masking),
        history: history.map((line) => ({
          ...line,
          detail: mask(line.detail),
        })),
      };
    },

    async revealIncident({ params, body, who, witness }) {
      const id = params["id"]!;
      const { incident } = await theirs(id, who);
      const reporter = await reporterOf(id);
      const { title, description, address } = incident;
      await witness({
        object: `incident/${id}`,
        detail: maskText(body.reason),
      });
      return { reporter, title, description, address };
    },
  };
}

const isSeen = (
  view: Principal["view"],
  { department, district }: Incident,
): boolean => sees(view, { departments: [department], district });
