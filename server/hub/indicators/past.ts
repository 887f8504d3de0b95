import type { IndicatorView } from "../../../contract/indicator.ts";
import type { Reader, Writer } from "./stream.ts";

/** Values of the past that a view compares with. */
export type PastValue = "weekdayMean" | "dayAgo" | "yearAgo";

type Recent = IndicatorView["recent"];

/** Most points that a view carries for its spark line. */
const RECENT = 60;

/** What an indicator remembers of earlier times, for the city and for each district. */
export class Past {
  readonly #values: Record<PastValue, (number | null)[]>;
  readonly #recent: Recent[];

  /** @param places the city and its districts */
  constructor(places: number) {
    const nothing = () => Array.from({ length: places }, () => null);
    this.#values = {
      weekdayMean: nothing(),
      dayAgo: nothing(),
      yearAgo: nothing(),
    };
    this.#recent = Array.from({ length: places }, () => []);
  }

  /** Null where it is not known, and for objects. */
  of(what: PastValue, acc: number): number | null {
    return this.#values[what][acc] ?? null;
  }

  /** Newest last. */
  recent(acc: number): Recent {
    return this.#recent[acc] ?? [];
  }

  /** @returns whether that is news */
  learn(what: PastValue, place: number, value: number | null): boolean {
    const isNews = this.#values[what][place] !== value;
    this.#values[what][place] = value;
    return isNews;
  }

  /** Keeps a published point, in place of one of the same time; of objects none. */
  remember(acc: number, at: number, value: number): boolean {
    const recent = this.#recent[acc];
    if (!recent) return false;
    let i = recent.length;
    while (i > 0 && recent[i - 1]![0] >= at) i--;
    // A new array: views that were handed out keep the old one.
    const replaces = recent[i]?.[0] === at;
    this.#recent[acc] = recent
      .toSpliced(i, replaces ? 1 : 0, [at, value])
      .slice(-RECENT);
    return true;
  }

  save(into: Writer): void {
    this.#recent.forEach((recent, place) => {
      for (const values of Object.values(this.#values))
        into.number(values[place] ?? NaN);
      into.list(recent.flat());
    });
  }

  load(from: Reader): void {
    for (let place = 0; place < this.#recent.length; place++) {
      for (const values of Object.values(this.#values)) {
        const number = from.number();
        values[place] = Number.isNaN(number) ? null : number;
      }
      const flat = from.list();
      const recent: Recent = [];
      for (let i = 0; i < flat.length; i += 2)
        recent.push([flat[i]!, flat[i + 1]!]);
      this.#recent[place] = recent;
    }
  }
}
