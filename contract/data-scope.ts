import { z } from "zod";
import { text } from "./text.ts";

/**
 * The rows that somebody may see (数据范围): those of these departments, in
 * these districts. Null is all of them, rows without a district included; a
 * list, even an empty one, is no more than what it names (decisions C2).
 */
export const DataScope = z.object({
  departments: z.array(text(40).min(1)).max(200).nullable(),
  districts: z.array(text(40).min(1)).max(200).nullable(),
});
export type DataScope = z.infer<typeof DataScope>;

/** The whole city. */
export const WHOLE_CITY: DataScope = { departments: null, districts: null };

/** Whose a row is: its source's department and those of its work orders, and where it lies. */
export interface Whose {
  departments: readonly string[];
  /** Null: of the city, of no district. */
  district: string | null;
}

/** Does a row lie within a scope? (its department ∈ mine) AND (its district ∈ mine); no district = city level only. */
export function sees(scope: DataScope, row: Whose): boolean {
  const { departments, districts } = scope;
  if (
    departments !== null &&
    !row.departments.some((code) => departments.includes(code))
  )
    return false;
  if (districts === null) return true;
  return row.district !== null && districts.includes(row.district);
}

/**
 * What of personal data is hidden on the server. `personal`: phone, name, ID
 * number. `all`: the address below the community too.
 */
export const Masking = z.enum(["personal", "all"]);
export type Masking = z.infer<typeof Masking>;

/** Rows and masking together: who have the same view share a room (R6). */
export interface View extends DataScope {
  masking: Masking;
  /** Everybody passes it: it is told no name of those who work either. */
  isWall?: boolean;
}

export const isWholeCity = ({ departments, districts }: DataScope): boolean =>
  departments === null && districts === null;

/** Is all that the inner one sees within the outer one? */
export function covers(outer: DataScope, inner: DataScope): boolean {
  const isIn = (codes: string[] | null, among: string[] | null) =>
    among === null || (codes?.every((code) => among.includes(code)) ?? false);
  return (
    isIn(inner.departments, outer.departments) &&
    isIn(inner.districts, outer.districts)
  );
}

/** The same text for the same view, whatever the order of its lists; short for the whole city, whose rooms have most members. */
export function viewKey(view: View): string {
  const { departments, districts, isWall } = view;
  const masking = view.masking + (isWall ? " wall" : "");
  if (isWholeCity(view)) return masking;
  const listed = (codes: string[] | null) =>
    codes === null ? "*" : JSON.stringify([...new Set(codes)].sort());
  return `${masking} ${listed(departments)} ${listed(districts)}`;
}
