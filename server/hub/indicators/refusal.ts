import type { IndicatorValue } from "../../../contract/indicator.ts";
import { HOUR } from "../../../contract/time.ts";
import type { Board } from "./board.ts";

/** A refused value: `path` into the item, and a sentence. */
export interface Refusal {
  path: string;
  message: string;
}

/** Values reported for a computed indicator must be older: the past may be filled in, the present is the hub's. */
const BACKFILL_AGE = HOUR;

/**
 * Why a department may not report this value (一数一源, row 55); null where it may.
 * @param board of the indicator; undefined where the catalogue has none.
 */
export function refusalOf(
  value: IndicatorValue,
  board: Board | undefined,
  department: string,
  now: number,
): Refusal | null {
  const { indicator: id, scope } = value;
  const refuse = (path: string, message: string) => ({ path, message });
  if (!board)
    return refuse("/indicator", `the catalogue has no indicator ${id}`);
  const { owner, source } = board.indicator;
  if (owner !== department)
    return refuse(
      "/indicator",
      `${id} has one source, ${owner}; ${department} may not report it`,
    );
  const place = board.place(scope);
  if (place < 0 || !board.shows(place))
    return refuse("/scope", `${id} is not kept for ${scope}`);
  if (source.from !== "reported" && value.at > now - BACKFILL_AGE)
    return refuse(
      "/at",
      `${id} is computed by the hub; only values more than an hour old may be filled in`,
    );
  return null;
}
