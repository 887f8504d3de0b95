/** What a field lets choose from, in the reader's language. */
import { computed } from "vue";
import type { DistrictCentre } from "../../../../contract/city.ts";
import type { Incident } from "../../../../contract/incident.ts";
import { metresBetween, type LngLat } from "../../../../contract/place.ts";
import type { Candidate } from "../../../../contract/likeness.ts";
import { useLanguage } from "../../../i18n/index.ts";
import { useCity } from "../../../live/city.ts";
import { useTopic } from "../../../live/topic.ts";

export interface Choice {
  value: string;
  name: string;
  /** Beside the name, and searched as well. */
  hint?: string;
}

export function useCityChoices() {
  const { departments, categories } = useCity();
  const { nameOf } = useLanguage();
  const rows = (
    of: ReadonlyMap<string, { code: string; nameZh: string; nameEn: string }>,
  ): Choice[] =>
    [...of.values()].map((row) => ({
      value: row.code,
      name: nameOf(row),
      hint: row.code,
    }));
  return {
    departments: computed(() => rows(departments.value)),
    categories: computed(() => rows(categories.value)),
  };
}

/** Where it can be passed down to: its own district's centres first, and not the one that has it. */
export function centresFor(
  centres: readonly DistrictCentre[],
  { district, centre }: Pick<Incident, "district" | "centre">,
): string[] {
  const isIts = (one: DistrictCentre) =>
    Number(one.district !== null && one.district === district);
  return centres
    .filter(({ code }) => code !== centre)
    .sort((a, b) => isIts(b) - isIts(a))
    .map(({ code }) => code);
}

export function useCentreChoices(
  incident: () => Pick<Incident, "district" | "centre">,
) {
  const { centres } = useCity();
  const { departments } = useCityChoices();
  return computed((): Choice[] =>
    centresFor(centres.value, incident()).flatMap(
      (code) => departments.value.find(({ value }) => value === code) ?? [],
    ),
  );
}

/** Without a place it is as far as can be. */
export function nearestFirst<R extends Record<keyof LngLat, number | null>>(
  rows: readonly R[],
  at: Record<keyof LngLat, number | null>,
): R[] {
  const far = rows.map((row) => ({
    row,
    by: metresBetween(row, at) ?? Number.MAX_VALUE,
  }));
  return far.sort((a, b) => a.by - b.by).map(({ row }) => row);
}

/** Open incidents beside this one: likely duplicates first, then the nearest; those without a place last. */
export function useIncidentChoices(
  incident: { id: string } & Record<keyof LngLat, number | null>,
  likely: () => readonly Candidate[],
) {
  const queue = useTopic("queue", {});
  return computed((): Choice[] => {
    const first = new Set(likely().map((one) => one.id));
    const others = nearestFirst(
      [...queue.items.values()].filter(
        (row) => row.id !== incident.id && !first.has(row.id),
      ),
      incident,
    );
    return [...likely(), ...others].map((row) => ({
      value: row.id,
      name: row.title,
      hint: row.number,
    }));
  });
}
