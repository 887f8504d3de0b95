import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";
import type { Zone } from "../../../contract/zone.ts";
import type { Board } from "./board.ts";
import type { PastValue } from "./past.ts";

/**
 * A value of the past that views compare with, for the store to look up:
 * `weekdayMean` is `indicators.weekdayMean` at `at`; `dayAgo` the value last
 * published at or before `at`; `yearAgo` the mean of the readings of `series`
 * in [from, to).
 */
export interface Question {
  what: PastValue;
  indicator: string;
  scope: string;
  at: number;
  from: number;
  to: number;
  /** Every series that feeds the indicator at the scope. */
  series(): Int32Array;
}

/** How often each kind is asked for again. */
const EVERY: Record<PastValue, number> = {
  weekdayMean: HOUR,
  dayAgo: 5 * MINUTE,
  yearAgo: HOUR,
};

/** When to ask again for what the store did not know. */
const RETRY = MINUTE;

export class Questions {
  readonly #zone: Zone;
  /** `what:indicator@scope` → instant from which it may be asked again. */
  readonly #again = new Map<string, number>();

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
    const wanted: PastValue[] = ["dayAgo"];
    if (board.deviates) wanted.push("weekdayMean");
    if (board.grows) wanted.push("yearAgo");
    for (let place = 0; place < board.places; place++) {
      if (!board.shows(place) || board.at(place) === -Infinity) continue;
      const scope = board.scope(place);
      for (const what of wanted) {
        const key = keyOf(what, indicator.id, scope);
        if (now < (this.#again.get(key) ?? -Infinity)) continue;
        const span = this.#zone.startOf(now, EVERY[what]);
        this.#again.set(key, this.#zone.endOf(span, EVERY[what]));
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

  /** The store knew nothing: a past that is being filled in is worth asking for soon. */
  unknown({ what, indicator, scope, at }: Question): void {
    const asked = what === "dayAgo" ? at + DAY : at;
    const key = keyOf(what, indicator, scope);
    const again = this.#again.get(key);
    if (what !== "yearAgo" && again !== undefined)
      this.#again.set(key, Math.min(again, asked + RETRY));
  }
}

const keyOf = (what: PastValue, indicator: string, scope: string) =>
  `${what}:${indicator}@${scope}`;
