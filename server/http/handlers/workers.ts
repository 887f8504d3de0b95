import { sees, type View } from "../../../contract/data-scope.ts";
import type { DutiesFlow } from "../../flow/duties.ts";
import type { IncidentFlow } from "../../flow/incidents.ts";
import type { PositionFlow } from "../../flow/positions.ts";
import { isReached } from "../../hub/incidents/visits.ts";
import type { AccountRecord, Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import type { Theirs } from "../theirs.ts";

export function workerHandlers(
  city: {
    duties: Pick<DutiesFlow, "isOn">;
    incidents: Pick<IncidentFlow, "visitsOf">;
    positions: Pick<PositionFlow, "lastOf">;
  },
  store: { accounts: Pick<Store["accounts"], "holders"> },
  theirs: Pick<Theirs, "get" | "whoseOf">,
): Pick<Handlers, "listWorkers"> {
  return {
    async listWorkers({ query: { incident }, who }) {
      const whose =
        incident === undefined
          ? null
          : theirs.whoseOf(await theirs.get(incident, who));
      const reached = ({ scope }: Pick<AccountRecord, "scope">) =>
        whose && isReached({ scope }, whose);
      const holders = await store.accounts.holders("gridWorker");
      const shown = holders.filter((one) => isWithin(who.view, one));
      const last = city.positions.lastOf(
        new Map(shown.map(({ login, scope }) => [login, scope.departments])),
        who.view,
      );
      const items = shown.map(({ login, name, scope }) => ({
        ...{ login, name, districts: scope.districts },
        isOnShift: city.duties.isOn(login),
        visits: city.incidents.visitsOf(login, who.view),
        at: last.get(login) ?? null,
        isReached: reached({ scope }),
      }));
      return { items, isSomebodyReached: whose && holders.some(reached) };
    },
  };
}

/** One of their districts is mine; who works in the whole city is told to whoever sees the whole of it (decisions C2). */
function isWithin(view: View, { scope }: Pick<AccountRecord, "scope">) {
  const departments = scope.departments ?? [];
  return (scope.districts ?? [null]).some((district) =>
    sees(view, { departments, district }),
  );
}
