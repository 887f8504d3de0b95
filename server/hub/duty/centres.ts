/** Centres that keep a duty of their own: the city's and those of its districts. */
import type { DistrictCentre } from "../../../contract/city.ts";
import {
  covers,
  isWholeCity,
  WHOLE_CITY,
  type DataScope,
} from "../../../contract/data-scope.ts";

/** The city's own is null, as at an incident. */
export type Centre = DistrictCentre | null;

/** The incidents that a centre's duty counts: of its department, in its district. */
export const scopeOf = (centre: Centre): DataScope =>
  centre === null
    ? WHOLE_CITY
    : {
        departments: [centre.code],
        districts: centre.district === null ? null : [centre.district],
      };

/**
 * Is it their own to keep? The city's is of whoever sees the whole city; a
 * district's of whoever sees all that it counts, by department or by district.
 */
export const isOwn = (view: DataScope, centre: Centre): boolean =>
  covers(view, scopeOf(centre)) && (centre === null || !isWholeCity(view));

/** The city reads everybody's. */
export const isRead = (view: DataScope, centre: Centre): boolean =>
  covers(view, scopeOf(centre));
