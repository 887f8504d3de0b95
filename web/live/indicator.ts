/** Indicators for widgets: the catalogue's row and the live value of each id. */
import {
  computed,
  toValue,
  type ComputedRef,
  type MaybeRefOrGetter,
} from "vue";
import { type Freshness, type State } from "../../contract/level.ts";
import type { Indicator, IndicatorView } from "../../contract/indicator.ts";
import { CITY_SCOPE } from "../../contract/place.ts";
import { useCity } from "./city.ts";
import { useScope } from "./scope.ts";
import { useTopic } from "./topic.ts";

/** An indicator as a widget draws it. */
export interface Sign {
  id: string;
  /** Null until the catalogue is here, or where it holds no such id. */
  row: Indicator | null;
  view: IndicatorView | null;
  /** `stale` wherever the value is too old, whatever level it had. */
  state: State;
  freshness: Freshness | null;
  at: number | null;
  /** False where a district's screen shows the whole city's value, for want of one of its own. */
  local: boolean;
}

const OLD: ReadonlySet<Freshness> = new Set(["stale", "lost"]);

export function stateOf(view: IndicatorView | null): State {
  if (!view) return "none";
  if (view.value === null || OLD.has(view.freshness)) return "stale";
  return view.state;
}

/** Signs of `ids` at the screen's scope, in order; follows one room per scope. */
export function useSigns(ids: MaybeRefOrGetter<readonly string[]>): {
  signs: ComputedRef<Sign[]>;
  waiting: ComputedRef<boolean>;
} {
  const { indicators } = useCity();
  const { scope } = useScope();
  const isLocal = (id: string) =>
    scope.value === CITY_SCOPE ||
    (indicators.value.get(id)?.scopes.includes("district") ?? true);
  const follow = (local: boolean, at: () => string) => () => {
    const wanted = toValue(ids).filter((id) => isLocal(id) === local);
    return wanted.length > 0 ? { scope: at(), ids: wanted } : null;
  };
  const here = useTopic(
    "indicators",
    follow(true, () => scope.value),
  );
  const whole = useTopic(
    "indicators",
    follow(false, () => CITY_SCOPE),
  );

  const signs = computed(() =>
    toValue(ids).map((id): Sign => {
      const local = isLocal(id);
      const view =
        (local
          ? here.items.get(`${id}@${scope.value}`)
          : whole.items.get(`${id}@${CITY_SCOPE}`)) ?? null;
      return {
        id,
        row: indicators.value.get(id) ?? null,
        view,
        state: stateOf(view),
        freshness: view?.freshness ?? null,
        at: view?.at ?? null,
        local,
      };
    }),
  );
  const waiting = computed(
    () => here.state === "waiting" && whole.state === "waiting",
  );
  return { signs, waiting };
}

/** One sign at the screen's scope. */
export function useSign(id: MaybeRefOrGetter<string>): ComputedRef<Sign> {
  const { signs } = useSigns(() => [toValue(id)]);
  return computed(() => signs.value[0]!);
}

/** Every sign of the screen's scope, in the catalogue's order. */
export function useAllSigns(): {
  signs: ComputedRef<Sign[]>;
  waiting: ComputedRef<boolean>;
} {
  const { indicators } = useCity();
  return useSigns(() => [...indicators.value.keys()]);
}

/** Signs of each district: `of(indicator, district)`; one room for all. */
export function useDistrictSigns(ids: MaybeRefOrGetter<readonly string[]>) {
  const { indicators } = useCity();
  const topic = useTopic("indicators", () => ({
    scope: "*",
    ids: [...toValue(ids)],
  }));
  return {
    topic,
    of(id: string, district: string): Sign {
      const view = topic.items.get(`${id}@${district}`) ?? null;
      return {
        id,
        row: indicators.value.get(id) ?? null,
        view,
        state: stateOf(view),
        freshness: view?.freshness ?? null,
        at: view?.at ?? null,
        local: true,
      };
    },
  };
}
