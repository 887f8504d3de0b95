/** Figures of periods for whoever asks, and of the last day for the indicators. */
import {
  COUNTED_PARTS,
  countingOf,
  STAGES,
  totalOf,
  type Measure,
  type TimedPart,
} from "../../contract/counted.ts";
import type { Incident } from "../../contract/incident.ts";
import type { MatterClass } from "../../contract/limit.ts";
import { WHOLE_CITY, type DataScope } from "../../contract/data-scope.ts";
import type { Statistics } from "../../contract/statistics.ts";
import { DAY, MINUTE, SECOND } from "../../contract/time.ts";
import type { Zone } from "../../contract/zone.ts";
import type { CityPack } from "../city/pack.ts";
import {
  figuresOf,
  partsOf,
  stagesFigures,
  toldAs,
} from "../hub/statistics/figures.ts";
import {
  openOf,
  ratesOf,
  registeredOf,
  type Measures,
} from "../hub/statistics/measures.ts";
import { slowOf, type Slow } from "../hub/statistics/slow.ts";
import { timesOf } from "../hub/statistics/times.ts";
import type { Clock } from "../lib/clock.ts";
import { inTurns } from "../lib/turns.ts";
import type {
  CountedRow,
  Page,
  StatisticsAsked,
  Store,
} from "../store/store.ts";
import type { IncidentFlow } from "./incidents.ts";

/** Rates are counted that often, and sooner after something happened. */
const EVERY = MINUTE;
const SOONEST = 5 * SECOND;
/** Rates of the indicators are of so much time until now. */
const SPAN = DAY;

const MEASURED_BY = ["district", "source"] as const;

/** What somebody asks for; a category stands for those below it too. */
export interface StatisticsQuery {
  from: number;
  to: number;
  district?: string | undefined;
  town?: string | undefined;
  department?: string | undefined;
  source?: string | undefined;
  category?: string | undefined;
  /** Of the category; empty = of none. */
  domain?: string | undefined;
  matterClass?: MatterClass | undefined;
}

/** Which of the open ones. */
export type SlowQuery = Pick<
  StatisticsQuery,
  "district" | "department" | "source" | "category"
>;

export interface StatisticsFlow {
  of(query: StatisticsQuery, within: DataScope): Promise<Statistics>;
  /** What a measure counts, by the same window and filters as its figure. @throws BadCursor */
  counted(
    query: StatisticsQuery,
    within: DataScope,
    page: { measure: Measure; limit: number; cursor?: string | undefined },
  ): Promise<Page<CountedRow>>;
  /** What makes slow progress now, of the whole city and unmasked. */
  slow(query: SlowQuery): Slow<Incident>[];
  /** For the indicators; rates are absent until they were counted once. */
  measures(): Measures;
  /** An incident changed: count soon. */
  touched(): void;
  /** Called every second. */
  tick(): void;
  close(): Promise<void>;
}

export function createStatisticsFlow(ask: {
  store: Pick<Store, "statistics" | "callers">;
  clock: Clock;
  zone: Zone;
  pack: Pick<
    CityPack,
    "areas" | "city" | "categories" | "districts" | "hotline"
  >;
  open: IncidentFlow["open"];
  /** As everybody is shown it: what one cannot tell apart is counted together. */
  sourceShown: IncidentFlow["sourceShown"];
  failed: (error: unknown) => void;
}): StatisticsFlow {
  const { clock, pack } = ask;
  const { statistics, callers } = ask.store;
  const districts = pack.districts.map(({ code }) => code);
  const hasDomains = pack.city.domains.length > 0;
  const domains = new Map(
    pack.categories.map(({ code, domain }) => [code, domain]),
  );
  const towns = new Map(
    pack.areas
      .filter(({ kind }) => kind === "town")
      .map(({ code, nameZh, nameEn }) => [code, { nameZh, nameEn }]),
  );
  let rates: Measures = {};
  let countedAt = -Infinity;
  let isTouched = false;
  let counting: Promise<void> | null = null;

  function belowOf(category: string): string[] {
    const below = pack.categories
      .filter(({ parent }) => parent === category)
      .flatMap(({ code }) => belowOf(code));
    return [category, ...below];
  }

  async function count(now: number): Promise<void> {
    const period = { to: now + 1, now, within: WHOLE_CITY };
    const { hotline } = pack;
    const [day, today, repeats] = await Promise.all([
      statistics.counts({ ...period, from: now - SPAN }, MEASURED_BY),
      statistics.counts(
        { ...period, from: ask.zone.startOf(now, DAY) },
        ["district"],
        "acts",
      ),
      callers.repeats({ from: now - SPAN, to: now + 1, sources: hotline }),
    ]);
    rates = {
      ...ratesOf(day, { districts, hotline }),
      hotlineRepeatRate: repeats,
      ...registeredOf(today, districts),
    };
  }

  function categoriesOf({
    category,
    domain,
  }: Pick<StatisticsQuery, "category" | "domain">): Pick<
    StatisticsAsked,
    "categories" | "otherThan"
  > {
    const below = category === undefined ? null : belowOf(category);
    const codes = below ?? [...domains.keys()];
    if (domain === undefined) return below ? { categories: below } : {};
    if (domain !== "")
      return {
        categories: codes.filter((code) => domains.get(code) === domain),
      };
    return {
      ...(below && { categories: below }),
      otherThan: [...domains.keys()].filter((code) => domains.get(code)),
    };
  }

  function askedOf(
    { category, domain, from, to, ...filters }: StatisticsQuery,
    within: DataScope,
  ): StatisticsAsked {
    return {
      ...{ from, to, now: clock.now(), within },
      ...Object.fromEntries(
        Object.entries(filters).filter(([, value]) => value !== undefined),
      ),
      ...categoriesOf({ category, domain }),
    };
  }

  return {
    counted: (query, within, { measure, limit, cursor }) =>
      statistics.counted(
        {
          ...askedOf(query, within),
          ...{ limit, ...(cursor !== undefined && { cursor }) },
        },
        countingOf(measure),
      ),

    slow({ district, department, source, category }) {
      const below = category === undefined ? null : new Set(belowOf(category));
      return slowOf(ask.open(), clock.now()).filter(
        ({ incident, department: whose }) =>
          (district === undefined || (incident.district ?? "") === district) &&
          (department === undefined || whose === department) &&
          (source === undefined || incident.source === source) &&
          (below === null || below.has(incident.category ?? "")),
      );
    },

    async of(query, within) {
      const { from, to } = query;
      const asked = askedOf(query, within);
      const { now } = asked;
      // Of a period that still lasts, as much of the one before as has gone by of it.
      const length = Math.min(to, Math.max(now, from + 1)) - from;
      const earlier = from - (to - from);
      const [counts, before, done] = await Promise.all([
        statistics.counts(asked, COUNTED_PARTS),
        statistics.counts({ ...asked, from: earlier, to: earlier + length }, [
          "matterClass",
        ]),
        statistics.times(asked),
      ]);
      const isPart = within.departments !== null || "department" in asked;
      const totals = totalOf(counts.matterClass.values());
      const byStage = await inTurns(
        timesOf(
          done.some,
          ({ stages }) => stages,
          (place) => STAGES[place]!,
        ),
      );
      const timesBy = (part: TimedPart, shown = (code: string) => code) =>
        inTurns(
          timesOf(
            done.some,
            ({ parts }) => parts[part],
            (number) => shown(done.codes[number]!),
            "handle",
          ),
        );
      // What is nobody's yet is no department.
      const departments = new Map(counts.department);
      departments.delete("");
      return {
        ...{ from, to },
        totals: figuresOf(totals, isPart),
        before: figuresOf(totalOf(before.matterClass.values()), isPart),
        stages: stagesFigures(totals, byStage),
        departments: partsOf(departments, await timesBy("department"), true),
        districts: partsOf(counts.district, await timesBy("district")),
        sources: partsOf(
          toldAs(counts.source, ask.sourceShown),
          await timesBy("source", ask.sourceShown),
        ),
        classes: partsOf(counts.matterClass, await timesBy("matterClass")),
        domains: hasDomains
          ? partsOf(
              toldAs(counts.category, (code) => domains.get(code) ?? ""),
              [],
            )
          : [],
        towns:
          towns.size === 0
            ? []
            : partsOf(counts.town, []).map((part) => ({
                ...part,
                ...(towns.get(part.key) ?? {
                  nameZh: part.key,
                  nameEn: part.key,
                }),
              })),
      };
    },

    measures: () => ({
      ...rates,
      ...openOf(ask.open(), { districts, now: clock.now() }),
    }),

    touched: () => void (isTouched = true),

    tick() {
      const now = clock.now();
      const since = now - countedAt;
      // A clock that was set back is no reason to wait.
      if (counting || (since >= 0 && since < (isTouched ? SOONEST : EVERY)))
        return;
      isTouched = false;
      countedAt = now;
      counting = count(now)
        .catch((error: unknown) => {
          // What cannot be counted is not known.
          rates = Object.fromEntries(
            Object.keys(rates).map((name) => [name, null]),
          );
          ask.failed(error);
        })
        .finally(() => (counting = null));
    },

    close: async () => void (await counting),
  };
}
