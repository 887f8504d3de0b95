/** What an indicator measured a year before, from whatever the store still has of it. */
import { HOUR } from "../../contract/time.ts";
import { BAD, type SensorSource } from "../hub/indicators/source.ts";
import type { Question } from "../hub/indicators/questions.ts";
import { compileWhere } from "../hub/indicators/where.ts";
import type { Clock } from "../lib/clock.ts";
import type { ReadingLog } from "../store/store.ts";
import { RETENTION } from "./retention.ts";

/**
 * The mean of the readings that count, null where there are none. Readings
 * themselves are pruned after a month; hours tell of them for two years. A
 * condition on values cannot be asked of hours: it has an answer only for as
 * long as the readings are there.
 */
export async function yearAgo(
  { series, from, to }: Pick<Question, "series" | "from" | "to">,
  where: SensorSource["where"],
  { readings, clock }: { readings: ReadingLog; clock: Clock },
): Promise<number | null> {
  const isPruned = from < clock.now() - RETENTION.raw;
  if (isPruned && where === null) {
    // Every hour that the span touches: a window may be shorter than one.
    const { count, sum } = await readings.total(
      series(),
      "hour",
      from - HOUR + 1,
      to,
    );
    return count === 0 ? null : sum / count;
  }
  const counts = where === null ? () => true : compileWhere(where);
  const rows = await readings.range(series(), from, to);
  let count = 0;
  let sum = 0;
  for (let i = 0; i < rows.count; i++) {
    const value = rows.value[i]!;
    if (rows.quality[i] === BAD || !counts(value)) continue;
    count++;
    sum += value;
  }
  return count === 0 ? null : sum / count;
}
