/** What a page asks once and keeps: the city and the catalogue of indicators. */
import { computed, effectScope, shallowRef, watch, type ShallowRef } from "vue";
import type { Indicator } from "../../contract/indicator.ts";
import { createCalendar } from "../../contract/work-time.ts";
import { createZone } from "../../contract/zone.ts";
import type { Reply } from "./call.ts";
import { complete, may } from "./session.ts";
import { useLive, type LiveSource } from "./source.ts";

interface Kept {
  city: ShallowRef<Reply<"getCity"> | null>;
  indicators: ShallowRef<ReadonlyMap<string, Indicator>>;
  /** Sentence of the last failure, until an answer arrives. */
  problem: ShallowRef<string | null>;
}

const kept = new WeakMap<LiveSource, Kept>();

const mayNotWatch = () => complete.value && !may("watch");

/** Ms before a failed question is asked again. */
const AGAIN = 3_000;

function keep(live: LiveSource): Kept {
  const found = kept.get(live);
  if (found) return found;
  const fresh: Kept = {
    city: shallowRef(null),
    indicators: shallowRef(new Map()),
    problem: shallowRef(null),
  };
  kept.set(live, fresh);

  let turn = 0;
  async function ask(mine: number): Promise<void> {
    try {
      const [city, catalogue] = await Promise.all([
        live.call("getCity"),
        // Who may not watch the city has its names all the same.
        mayNotWatch() ? { items: [] } : live.call("listIndicators"),
      ]);
      if (mine !== turn) return;
      fresh.city.value = city;
      fresh.indicators.value = new Map(
        catalogue.items.map((row) => [row.id, row]),
      );
      fresh.problem.value = null;
    } catch (cause) {
      if (mine !== turn) return;
      fresh.problem.value =
        cause instanceof Error ? cause.message : String(cause);
      setTimeout(() => mine === turn && void ask(mine), AGAIN);
    }
  }
  // Detached: the first component that asks must not take the answer with it.
  // A hub that started anew may hold another catalogue; a calendar may be taken while it runs.
  effectScope(true).run(() =>
    watch(
      [live.openings, live.cityChanges],
      ([count, changes]) => (count > 1 || changes > 0) && void ask(++turn),
    ),
  );
  void ask(turn);
  return fresh;
}

/** City, districts by code and the catalogue; null or empty until the hub answered. */
export function useCity() {
  const { city, indicators, problem } = keep(useLive());
  return {
    city: computed(() => city.value?.city ?? null),
    demo: computed(() => city.value?.demo ?? false),
    zone: computed(() => city.value?.city.timeZone ?? "Asia/Shanghai"),
    districts: computed(() => city.value?.districts ?? []),
    /** Layers of the city's own base map. */
    basemap: computed(() => city.value?.basemap ?? []),
    departments: computed(
      () => new Map(city.value?.departments.map((d) => [d.code, d])),
    ),
    centres: computed(() => city.value?.centres ?? []),
    /** The city's working time; null until the hub answered. */
    calendar: computed(() => {
      const told = city.value;
      if (!told) return null;
      const zone = createZone(told.city.timeZone);
      return createCalendar({ ...told.calendar, zone });
    }),
    categories: computed(
      () => new Map(city.value?.categories.map((c) => [c.code, c])),
    ),
    indicators,
    problem,
  };
}
