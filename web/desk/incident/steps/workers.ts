/** Grid workers whom a visit can be sent to, the likeliest first. */
import { computed, shallowRef, type ComputedRef } from "vue";
import type { Incident } from "../../../../contract/incident.ts";
import type { Worker } from "../../../../contract/worker.ts";
import { useLive } from "../../../live/source.ts";
import { spokenDistance } from "../../../map/spoken-distance.ts";
import { metresBetween } from "../../../../contract/place.ts";
import { useNames } from "../names.ts";
import type { Choice } from "./choices.ts";

type At = Pick<Incident, "lng" | "lat" | "district">;

/** Metres, where both places are known. */
export const awayOf = ({ at }: Pick<Worker, "at">, of: At): number | null =>
  at && metresBetween(at, of);

/** On shift before others, then whose district it is, then the nearest, then who has the least to do. */
export function inOrder(workers: readonly Worker[], of: At): Worker[] {
  const rank = (one: Worker) => [
    one.isOnShift ? 0 : 1,
    one.districts?.includes(of.district ?? "") ? 0 : 1,
    awayOf(one, of) ?? Infinity,
    one.visits,
  ];
  const ranked = workers.map((one) => ({ one, by: rank(one) }));
  ranked.sort((a, b) => {
    const i = a.by.findIndex((n, i) => n !== b.by[i]);
    if (i < 0) return a.one.login < b.one.login ? -1 : 1;
    return a.by[i]! < b.by[i]! ? -1 : 1;
  });
  return ranked.map(({ one }) => one);
}

export function useWorkerChoices(of: () => At): ComputedRef<Choice[]> {
  const live = useLive();
  const { t, district } = useNames();
  const workers = shallowRef<readonly Worker[]>([]);
  live.call("listWorkers").then(
    ({ items }) => (workers.value = items),
    // Whoever is there can be sent all the same.
    () => undefined,
  );
  function far(metres: number): string {
    const { key, n } = spokenDistance(metres);
    return t(`worker.${key}`, { n });
  }
  return computed(() =>
    inOrder(workers.value, of()).map((one) => {
      const away = awayOf(one, of());
      const parts = [
        one.districts?.map(district).join(t("timeline.list")) ??
          t("worker.city"),
        t(one.isOnShift ? "worker.on" : "worker.off"),
        ...(one.visits > 0 ? [t("worker.visits", { n: one.visits })] : []),
        ...(away === null ? [] : [far(away)]),
      ];
      return {
        value: one.login,
        name: one.name || one.login,
        hint: parts.join(" · "),
      };
    }),
  );
}
