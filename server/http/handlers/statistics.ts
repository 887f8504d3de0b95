import type { CityPack } from "../../city/pack.ts";
import { say } from "../../../contract/sentence.ts";
import type { Principal } from "../../auth/principal.ts";
import type { Clock } from "../../lib/clock.ts";
import { createRate } from "../../lib/rate.ts";
import type { Store } from "../../store/store.ts";
import { HttpProblem } from "../problem.ts";
import type { Theirs } from "../theirs.ts";
import type { StatisticsFlow } from "../../flow/statistics.ts";
import { SECOND } from "../../../contract/time.ts";
import { createZone } from "../../../contract/zone.ts";
import type { Handlers } from "../mount.ts";
import { sheetsOf } from "../statistics-table.ts";
import { dateOf, tableFile } from "../table-file.ts";
import { slowHandlers } from "./slow.ts";

export function statisticsHandlers(
  flow: StatisticsFlow,
  pack: Pick<CityPack, "city" | "departments" | "districts" | "categories">,
  ask: {
    theirs: Theirs;
    store: Pick<Store, "incidents">;
    clock: Clock;
  },
): Pick<
  Handlers,
  | ("getStatistics" | "listCounted" | "exportStatistics")
  | ("listSlow" | "exportSlow")
> {
  const zone = createZone(pack.city.timeZone);
  const rate = createRate({ ...COUNTS, clock: ask.clock });

  /** Before anything is read. @throws 429, 422 */
  function admit(who: Principal, query: { source?: string | undefined }) {
    const wait = rate.take(who.subject);
    if (wait > 0) throw tooMany(wait);
    ask.theirs.admitSource(query);
  }

  const going = new Map<string, number>();
  /** Counts, unless as much of the same account is being counted as may be. @throws 429, 422 */
  async function count<T>(
    who: Principal,
    query: { source?: string | undefined },
    work: () => Promise<T>,
  ): Promise<T> {
    admit(who, query);
    const before = going.get(who.subject) ?? 0;
    if (before >= AT_ONCE) throw tooMany(SECOND);
    going.set(who.subject, before + 1);
    try {
      return await work();
    } finally {
      const left = going.get(who.subject)! - 1;
      if (left > 0) going.set(who.subject, left);
      else going.delete(who.subject);
    }
  }

  return {
    getStatistics: ({ query, who }) =>
      count(who, query, () => flow.of(query, who.view)),

    async listCounted({ query, who }) {
      const { measure, limit, cursor, ...period } = query;
      const page = await count(who, query, () =>
        flow.counted(period, who.view, { measure, limit, cursor }),
      );
      const shown = await ask.theirs.shownAll(
        page.items.map(({ held }) => held),
        who,
      );
      return {
        ...page,
        items: page.items.map(({ held, ...row }, i) => {
          const { id, number, title, category } = shown[i]!;
          const isTheirs = ask.theirs.isSeen(who, held);
          return {
            ...{ ...row, number },
            incident: isTheirs ? { id, title, category } : null,
          };
        }),
      };
    },

    async exportStatistics({ query, who, witness }) {
      const { format, language, ...period } = query;
      const statistics = await count(who, query, () =>
        flow.of(period, who.view),
      );
      const file = await tableFile(sheetsOf(statistics, pack, language), {
        format,
        // The end is not included: the last day is the one before it.
        name: `statistics-${dateOf(period.from, zone)}_${dateOf(period.to - 1, zone)}`,
      });
      await witness({ object: "statistics", detail: JSON.stringify(query) });
      return file;
    },

    ...slowHandlers(flow, pack, {
      ...{ store: ask.store, clock: ask.clock, admit },
    }),
  };
}

/** Counts of one account: one may take seconds of a reader's thread. */
const COUNTS = { perMinute: 60, burst: 40, most: 10_000 };
/** Of one account at the same time: a page and a list behind one of its numbers. */
const AT_ONCE = 3;

const tooMany = (wait: number) =>
  new HttpProblem(429, say("statisticsTooMany"), {
    headers: { "retry-after": String(Math.ceil(wait / SECOND)) },
  });
