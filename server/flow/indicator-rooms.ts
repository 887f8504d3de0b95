/** Who sees which values of indicators, and the rooms that they follow them in. */
import type { DataScope } from "../../contract/data-scope.ts";
import type { IndicatorView } from "../../contract/indicator.ts";
import { CITY_SCOPE } from "../../contract/place.ts";
import type { Sensors } from "../hub/sensors.ts";
import type { Topics } from "../push/topics.ts";
import type { Held } from "./held.ts";

/** Does somebody see the value of an indicator at a scope, whether there is one or not? */
export type SeesIndicators = (
  view: DataScope,
) => (indicator: string, scope: string) => boolean;

/**
 * A value is its indicator's owner's, and of the district that it is about or
 * that its sensor is in.
 */
export function seesIndicators(
  held: () => Held,
  ownerOf: (indicator: string) => string | undefined,
): SeesIndicators {
  return ({ departments, districts }) => {
    const mine = departments === null ? null : new Set(departments);
    const there = districts === null ? null : new Set(districts);
    return (indicator, scope) =>
      (mine === null || mine.has(ownerOf(indicator) ?? "")) &&
      (there === null || there.has(districtOf(scope, held().sensors)));
  };
}

/** Empty where a scope is of no district: the city, and an object that is in none. */
function districtOf(scope: string, sensors: Sensors): string {
  if (scope === CITY_SCOPE) return "";
  const slash = scope.indexOf("/");
  if (slash < 0) return scope;
  const sensor = sensors.find(scope.slice(0, slash), scope.slice(slash + 1));
  return sensor < 0 ? "" : sensors.districts.all[sensors.districtOf[sensor]!]!;
}

export function fillIndicators(
  topics: Topics,
  views: Map<string, IndicatorView>,
  sees: SeesIndicators,
): void {
  interface Wanted {
    scope: string;
    ids?: string[];
  }
  /** `*` is every district: not the city, not an object. */
  const accepts = (params: unknown) => {
    const { scope, ids } = params as Wanted;
    const wanted = ids === undefined ? null : new Set(ids);
    return (id: string | number) => {
      const key = String(id);
      const at = key.indexOf("@");
      const of = key.slice(at + 1);
      return (
        (scope === "*" ? of !== "city" && !of.includes("/") : of === scope) &&
        (wanted === null || wanted.has(key.slice(0, at)))
      );
    };
  };
  topics.fill(
    "indicators",
    {
      ids: (params) => [...views.keys()].filter(accepts(params)),
      accepts,
      sees(view) {
        const isSeen = sees(view);
        return (id) => {
          const value = views.get(String(id));
          return value === undefined || isSeen(value.indicator, value.scope);
        };
      },
      item: (id) => views.get(String(id)) ?? null,
    },
    true,
  );
}
