/** Where the scope of an indicator is: a district, or the sensor that it is about. */
import type { CityPack } from "../city/pack.ts";
import type { Site } from "../hub/alarms/matter.ts";
import type { Sensors } from "../hub/sensors.ts";

export function createSites(
  districts: CityPack["districts"],
  sensors: () => Sensors,
): (scope: string) => Site {
  const names = new Map(districts.map(({ code, nameZh }) => [code, nameZh]));
  return (scope) => {
    const slash = scope.indexOf("/");
    const name = names.get(scope);
    if (slash < 0)
      return {
        name: name ?? "",
        district: name === undefined ? null : scope,
        place: null,
      };
    const known = sensors();
    const found = known.find(scope.slice(0, slash), scope.slice(slash + 1));
    if (found < 0) return { name: scope, district: null, place: null };
    const { name: label, district, lng, lat } = known.view(found);
    const isPlaced = lng !== null && lat !== null;
    return { name: label, district, place: isPlaced ? { lng, lat } : null };
  };
}
