/** The indicators of the catalogue at work, in an order in which formulas come after what they read. */
import type { Indicator } from "../../../contract/indicator.ts";
import type { Zone } from "../../../contract/zone.ts";
import type { Sensors } from "../sensors.ts";
import type { Board } from "./board.ts";
import { CatalogueError, circles, contradictions } from "./catalogue.ts";
import { Entry } from "./entry.ts";
import { type Formula, inOrder } from "./formula.ts";

export class Entries {
  readonly #sensors: Sensors;
  readonly #zone: Zone;
  readonly #districts: readonly string[];
  readonly #byId = new Map<string, Entry>();
  /** What a formula reads comes before it. */
  inOrder: readonly Entry[] = [];

  constructor(sensors: Sensors, zone: Zone, districts: readonly string[]) {
    this.#sensors = sensors;
    this.#zone = zone;
    this.#districts = districts;
  }

  of(indicator: string): Entry | undefined {
    return this.#byId.get(indicator);
  }

  /**
   * Takes a catalogue. What only changed its names, limits or periods of
   * staleness keeps its state.
   * @returns the entries, as the catalogue has them.
   * @throws CatalogueError
   */
  set(indicators: readonly Indicator[]): Entry[] {
    const problems = [
      ...indicators.flatMap((indicator) =>
        contradictions(indicator).map(
          ([column, message]) => `${indicator.id}, ${column}: ${message}`,
        ),
      ),
      ...circles(indicators),
    ];
    if (problems.length > 0) throw new CatalogueError(problems);
    const entries = indicators.map((indicator) => {
      const entry = this.#byId.get(indicator.id);
      if (!entry?.fits(indicator))
        return new Entry(indicator, this.#sensors, this.#zone, this.#districts);
      entry.board.amend(indicator);
      entry.dirty = true;
      return entry;
    });
    this.#byId.clear();
    for (const entry of entries) this.#byId.set(entry.indicator.id, entry);
    this.#sort(entries);
    return entries;
  }

  #sort(entries: readonly Entry[]): void {
    const formulas = new Map<string, Formula>();
    for (const { indicator, formula } of entries)
      if (formula) formulas.set(indicator.id, formula);
    this.inOrder = [
      ...entries.filter(({ formula }) => formula === null),
      ...inOrder(formulas).map((id) => this.#byId.get(id)!),
    ];
  }

  /** Boards of what a formula reads; none for other indicators. */
  readBy({ formula }: Entry): Board[] {
    return formula?.reads.map((id) => this.#byId.get(id)!.board) ?? [];
  }

  /** A formula's time is the newest of what it reads where all of that keeps its own. */
  timeOf(entry: Entry, wall: number): number {
    if (entry.formula === null) return entry.timeAt(wall);
    let newest = -Infinity;
    for (const id of entry.formula.reads) {
      const time = this.timeOf(this.#byId.get(id)!, wall);
      if (time === wall) return wall;
      newest = Math.max(newest, time);
    }
    return newest;
  }
}
