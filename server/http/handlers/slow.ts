/** What makes slow progress, as a list and as a file to be published. */
import { sees } from "../../../contract/data-scope.ts";
import type { SlowIncident } from "../../../contract/slow.ts";
import { createZone } from "../../../contract/zone.ts";
import { maskIncident } from "../../auth/mask.ts";
import type { Principal } from "../../auth/principal.ts";
import type { CityPack } from "../../city/pack.ts";
import type { SlowQuery, StatisticsFlow } from "../../flow/statistics.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { slowTable } from "../slow-table.ts";
import { instantOf, tableFile } from "../table-file.ts";

export function slowHandlers(
  flow: Pick<StatisticsFlow, "slow">,
  pack: Pick<CityPack, "city" | "departments" | "districts" | "categories">,
  ask: {
    store: Pick<Store, "incidents">;
    clock: Clock;
    /** Before anything is read. @throws 429, 422 */
    admit: (who: Principal, query: { source?: string | undefined }) => void;
  },
): Pick<Handlers, "listSlow" | "exportSlow"> {
  const zone = createZone(pack.city.timeZone);

  /** @param most that are told; the rest is counted */
  async function slow(query: SlowQuery, who: Principal, most = Infinity) {
    ask.admit(who, query);
    const all = flow
      .slow(query)
      .filter(({ incident }) => sees(who.view, incident));
    const told = all.slice(0, most);
    const reporters = await ask.store.incidents.reporters(
      told.map(({ incident }) => incident.id),
    );
    return {
      total: all.length,
      items: told.map(({ incident, department, lateBy }): SlowIncident => {
        const { id, number, title, category, district, status, due, ...rest } =
          maskIncident(
            incident,
            reporters.get(incident.id) ?? null,
            who.view.masking,
          );
        return {
          ...{ id, number, title, category, district, status, department },
          ...{ stage: due?.stage ?? null, dueAt: due?.dueAt ?? null },
          ...{ lateBy, supervised: rest.supervised },
        };
      }),
    };
  }

  return {
    async listSlow({ query: { limit, ...query }, who }) {
      return { at: ask.clock.now(), ...(await slow(query, who, limit)) };
    },

    async exportSlow({ query, who, witness }) {
      const { format, language, ...which } = query;
      const { items } = await slow(which, who);
      const file = await tableFile(slowTable(items, pack, language), {
        format,
        name: `slow-${instantOf(ask.clock.now(), zone)}`,
      });
      await witness({ object: "slow", detail: JSON.stringify(query) });
      return file;
    },
  };
}
