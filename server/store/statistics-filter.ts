/** Which rows of statistics are asked for: one set of conditions for figures and for the lists behind them. */
import { is, isNoneOf, isOneOf, type Condition } from "./cursor.ts";
import type { StatisticsAsked } from "./store.ts";

/** Handling is counted by its orders, so that the city's is the sum of its departments'. */
export const BY_ORDER = "NOT (stage = 'handle' AND order_no IS NULL)";

/** Without the instant, which stands in another column each time. */
export function conditionsOf(asked: StatisticsAsked): (Condition | null)[] {
  const { departments, districts } = asked.within;
  return [
    isOrNone("district", asked.district),
    isOrNone("town", asked.town),
    is("matter_class = ?", asked.matterClass),
    is("department = ?", asked.department),
    is("source = ?", asked.source),
    isOneOf("category", asked.categories),
    isNoneOf("category", asked.otherThan),
    isOneOf("department", departments),
    isOneOf("district", districts),
  ];
}

/** Empty asks for what has none. */
const isOrNone = (column: string, value: string | undefined) =>
  value === ""
    ? { sql: `${column} IS NULL`, params: [] }
    : is(`${column} = ?`, value);
