/** Lines over time for charts: a door's history, continued by what arrives live. */
import { toValue, watch, type MaybeRefOrGetter } from "vue";
import { CITY_SCOPE } from "../../contract/place.ts";
import type { SensorView } from "../../contract/sensor.ts";
import { useHistory, withGaps, type History, type Window } from "./history.ts";
import type { Sign } from "./indicator.ts";
import { presentOf } from "./present.ts";
import { useScope } from "./scope.ts";
import { useLive } from "./source.ts";

/** Points asked of a door: about one per two pixels of a panel. */
const POINTS = 240;

/** What "now" is to a sign: a recording's own time while it is replayed. */
export const presentOfSign = (sign: Sign | null, now: number) =>
  sign ? presentOf({ ...sign, every: sign.row?.every }, now) : now;

/**
 * A sign's line over a window. `back` ms shows an earlier time in its place
 * (yesterday behind today); such a line does not move.
 */
export function useSignHistory(
  sign: MaybeRefOrGetter<Sign | null>,
  window: Window,
  options: { back?: number; points?: number } = {},
): History {
  const { back = 0, points = POINTS } = options;
  const live = useLive();
  const { scope } = useScope();
  const scopeOf = (one: Sign) => (one.local ? scope.value : CITY_SCOPE);
  const history = useHistory(
    () => {
      const one = toValue(sign);
      const now = live.now();
      const recorded = presentOfSign(one, now) !== now;
      // What the catalogue does not hold has no past to ask for, and what is
      // not told to this viewer is not theirs to ask for.
      if (!one?.row || !one.view) return null;
      return `${one.id}@${scopeOf(one)}${recorded ? " recorded" : ""}`;
    },
    (now) => window(presentOfSign(toValue(sign), now)),
    async (live, { from, to }) => {
      const one = toValue(sign)!;
      const { at, value, state } = await live.call("indicatorHistory", {
        path: { id: one.id },
        query: {
          scope: scopeOf(one),
          from: from - back,
          to: to - back,
          points,
        },
      });
      return { at: at.map((time) => time + back), value, state };
    },
  );
  if (back === 0)
    watch(
      () => toValue(sign)?.view ?? null,
      (view) => {
        if (view && view.at !== null)
          history.extend({
            at: view.at,
            value: view.value,
            state: view.state,
            every: toValue(sign)?.row?.every ?? 0,
          });
      },
      { immediate: true },
    );
  return history;
}

/** The line of one sensor's metric. */
export function useSensorHistory(
  sensor: MaybeRefOrGetter<SensorView | null>,
  metric: MaybeRefOrGetter<string>,
  window: Window,
): History {
  const history = useHistory(
    () => {
      const one = toValue(sensor);
      return one && `${one.id} ${toValue(metric)}`;
    },
    window,
    async (live, { from, to }) => {
      const { system, sensor: id } = toValue(sensor)!;
      const answer = await live.call("seriesHistory", {
        query: {
          system,
          sensor: id,
          metric: toValue(metric),
          from,
          to,
          points: POINTS,
        },
      });
      return withGaps({ at: answer.at, value: answer.value, state: [] });
    },
  );
  watch(
    () => toValue(sensor)?.values.find((v) => v.metric === toValue(metric)),
    (now) => {
      if (now && now.at !== null)
        history.extend({ at: now.at, value: now.value });
    },
    { immediate: true },
  );
  return history;
}
