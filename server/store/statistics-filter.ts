/** Which rows of statistics are asked for: one set of conditions for figures and for the lists behind them. */
import type { CountedPart } from "../../contract/counted.ts";
import { is, isNoneOf, isOneOf, type Condition } from "./cursor.ts";
import type { StatisticsAsked } from "./store.ts";

/** Where the number of each part's code stands (server/store/statistics-codes.ts). */
export const COLUMNS: Record<CountedPart, string> = {
  ...{ department: "department", district: "district", source: "source" },
  ...{ matterClass: "matter_class", category: "category", town: "town" },
};

/** Handling is counted by its orders, so that the city's is the sum of its departments'. The indexes have the same words. */
export const BY_ORDER = "NOT (stage = 'handle' AND order_no IS NULL)";

/** Without the instant, which stands in another column each time. */
export function conditionsOf(asked: StatisticsAsked): (Condition | null)[] {
  const { departments, districts } = asked.within;
  return [
    ofCode("district", is("code = ?", asked.district)),
    ofCode("town", is("code = ?", asked.town)),
    ofCode("matterClass", is("code = ?", asked.matterClass)),
    ofCode("department", is("code = ?", asked.department)),
    ofCode("source", is("code = ?", asked.source)),
    ofCode("category", isOneOf("code", asked.categories)),
    ofCode("category", isNoneOf("code", asked.otherThan)),
    ofCode("department", isOneOf("code", departments)),
    ofCode("district", isOneOf("code", districts)),
  ];
}

/** What holds for a part's code, said of its number. */
const ofCode = (
  part: CountedPart,
  condition: Condition | null,
): Condition | null =>
  condition && {
    sql: `${COLUMNS[part]} IN (SELECT number FROM statistics_codes WHERE ${condition.sql})`,
    params: condition.params,
  };
