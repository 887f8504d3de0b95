import { MOST_FILTERS, type SavedFilter } from "../../../contract/filter.ts";
import { say } from "../../../contract/sentence.ts";
import { maskText } from "../../auth/mask.ts";
import type { Principal } from "../../auth/principal.ts";
import type { Clock } from "../../lib/clock.ts";
import { createId } from "../../lib/ids.ts";
import type { FilterRow, Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function filterHandlers(
  { filters }: Pick<Store, "filters">,
  clock: Clock,
): Pick<Handlers, "listFilters" | "saveFilter" | "dropFilter"> {
  return {
    async listFilters({ who }) {
      const rows = await filters.of(who.subject);
      return { items: rows.map((row) => shown(row, who)) };
    },

    async saveFilter({ body, who, witness }) {
      const { name, shared, filter } = body;
      if (shared) expectRules(who);
      // Two pages of one account at once may keep one more: no harm is in that.
      const kept = (await filters.of(who.subject)).filter(
        (row) => row.account === who.subject && row.name !== name,
      );
      if (kept.length >= MOST_FILTERS)
        throw new HttpProblem(
          422,
          say("filtersFull", { most: String(MOST_FILTERS) }),
        );
      const now = clock.now();
      const row: FilterRow = {
        ...{ id: createId(now), account: who.subject, by: who.name },
        ...{ name, shared, filter, savedAt: now },
      };
      await witness({
        object: `filter/${maskText(name)}`,
        after: { shared },
      });
      return shown(await filters.put(row), who);
    },

    async dropFilter({ params, who, witness }) {
      const id = params["id"]!;
      const found = await filters.get(id);
      const isTheirs = found && (found.shared || found.account === who.subject);
      if (!isTheirs) throw new HttpProblem(404, say("filterMissing", { id }));
      if (found.shared) expectRules(who);
      await witness({
        object: `filter/${maskText(found.name)}`,
        before: { shared: found.shared },
      });
      await filters.drop(id);
      return {};
    },
  };
}

/** What everybody at a desk works by is for who rules there. */
function expectRules({ actions }: Principal): void {
  if (!actions.has("rule")) throw new HttpProblem(403, say("filterForAll"));
}

const shown = (row: FilterRow, who: Principal): SavedFilter => {
  const { account, ...told } = row;
  return { ...told, own: account === who.subject };
};
