import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";
import type { Zone } from "../zone.ts";
import type { Board, Past } from "./board.ts";

/**
 * A value of the past that views compare with, for the store to look up:
 * `weekdayMean` is `indicators.weekdayMean` at `at`; `dayAgo` the value last
 * published at or before `at`; `yearAgo` the mean of the readings of `series`
 * in [from, to).
 */
export interface Question {
  what: Past;
  indicator: string;
  scope: string;
  at: number;
  from: number;
  to: number;
  /** Every series that feeds the indicator at the scope. */
  series(): Int32Array;
}

/** How often each kind is asked for again. */
const EVERY: Record<Past, number> = {
  weekdayMean: HOUR,
  dayAgo: 5 * MINUTE,
  yearAgo: HOUR,
};

export class Questions {
  readonly #zone: Zone;
  /** `what:indicator@scope` → span of time that it was asked for. */
  readonly #asked = new Map<string, number>();

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** What an indicator needs to know now. */
  of(
    board: Board,
    now: number,
    questions: Question[],
    seriesAt: (place: number) => Int32Array,
  ): void {
    const { indicator } = board;
    const wanted: Past[] = ["dayAgo"];
    if (board.deviates) wanted.push("weekdayMean");
    if (board.grows) wanted.push("yearAgo");
    for (let place = 0; place < board.places; place++) {
      if (!board.shows(place) || board.at(place) === -Infinity) continue;
      const scope = board.scope(place);
      for (const what of wanted) {
        const span = this.#zone.startOf(now, EVERY[what]);
        const key = `${what}:${indicator.id}@${scope}`;
        if (this.#asked.get(key) === span) continue;
        this.#asked.set(key, span);
        const { source } = indicator;
        const length =
          source.from === "sensors"
            ? source.window.length || indicator.staleAfter
            : 0;
        const year = this.#zone.yearBefore(now);
        questions.push({
          what,
          indicator: indicator.id,
          scope,
          at: what === "dayAgo" ? now - DAY : now,
          from: year - length,
          to: year,
          series: () => seriesAt(place),
        });
      }
    }
  }
}
