/** Grid workers whom a visit can be sent to, the likeliest first. */
import { computed, shallowRef, watch, type ComputedRef } from "vue";
import type { Incident } from "../../../../contract/incident.ts";
import type { Worker } from "../../../../contract/worker.ts";
import type { Reply } from "../../../live/call.ts";
import { useLive } from "../../../live/source.ts";
import { spokenDistance } from "../../../map/spoken-distance.ts";
import { metresBetween } from "../../../../contract/place.ts";
import { useNames } from "../names.ts";
import type { Choice } from "./choices.ts";

type At = Pick<Incident, "lng" | "lat" | "district">;

/** Metres, where both places are known. */
export const awayOf = ({ at }: Pick<Worker, "at">, of: At): number | null =>
  at && metresBetween(at, of);

/** Grid workers, and whom a visit to an incident reaches. */
export type Told = Reply<"listWorkers">;

/**
 * Why nobody will see a visit, or only those of the whole city, as the key of
 * `reach.*`; null where those of its district do, or where it is not known.
 * @param worker login of whom it is sent to; null = whoever is there
 */
export function unreached(
  told: Told | null,
  worker: string | null,
  { district }: Pick<Incident, "district">,
): "noDistrict" | "nobody" | "notTheirs" | "wholeCity" | null {
  if (told === null || told.isSomebodyReached === null) return null;
  if (!told.isSomebodyReached)
    return district === null ? "noDistrict" : "nobody";
  if (worker === null) return district === null ? "wholeCity" : null;
  const named = told.items.find(({ login }) => login === worker);
  return named?.isReached === false ? "notTheirs" : null;
}

/** Asked again when the incident changes, as its place may; null until it is known. @param isWanted */
export function useWorkers(
  of: () => Pick<Incident, "id" | "rev">,
  isWanted: () => boolean,
) {
  const live = useLive();
  const told = shallowRef<Told | null>(null);
  watch(
    [() => of().id, () => of().rev, isWanted],
    ([incident, , wanted]) => {
      if (!wanted) return;
      live.call("listWorkers", { query: { incident } }).then(
        (reply) => (told.value = reply),
        // Whoever is there can be sent all the same.
        () => undefined,
      );
    },
    { immediate: true },
  );
  return told;
}

/** Whom it reaches: on shift before others, then whose district it is, then the nearest, then who has the least to do. */
export function inOrder(workers: readonly Worker[], of: At): Worker[] {
  const rank = (one: Worker) => [
    one.isOnShift ? 0 : 1,
    one.districts?.includes(of.district ?? "") ? 0 : 1,
    awayOf(one, of) ?? Infinity,
    one.visits,
  ];
  const ranked = workers
    .filter(({ isReached }) => isReached !== false)
    .map((one) => ({ one, by: rank(one) }));
  ranked.sort((a, b) => {
    const i = a.by.findIndex((n, i) => n !== b.by[i]);
    if (i < 0) return a.one.login < b.one.login ? -1 : 1;
    return a.by[i]! < b.by[i]! ? -1 : 1;
  });
  return ranked.map(({ one }) => one);
}

export function useWorkerChoices(
  told: () => Told | null,
  of: () => At,
): ComputedRef<Choice[]> {
  const { t, district } = useNames();
  function far(metres: number): string {
    const { key, n } = spokenDistance(metres);
    return t(`worker.${key}`, { n });
  }
  return computed(() =>
    inOrder(told()?.items ?? [], of()).map((one) => {
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
