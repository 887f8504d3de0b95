/** What was sent, and so who may see which row at which moment: judged from the senders' side alone. */
import type { DataScope } from "../../../contract/data-scope.ts";

/**
 * What something was over time. While a change is under way both values hold:
 * from when it was sent, until the hub said that it is done.
 */
export class Timeline<T> {
  readonly #spans: { value: T; from: number; until: number }[];

  constructor(value: T) {
    this.#spans = [{ value, from: -Infinity, until: Infinity }];
  }

  begin(value: T): void {
    this.#spans.push({ value, from: Date.now(), until: Infinity });
  }

  settle(): void {
    const now = Date.now();
    for (const span of this.#spans.slice(0, -1))
      span.until = Math.min(span.until, now);
  }

  at(time: number): T[] {
    return this.#spans
      .filter(({ from, until }) => from <= time && time <= until)
      .map(({ value }) => value);
  }

  until(time: number): T[] {
    return this.#spans
      .filter(({ from }) => from <= time)
      .map(({ value }) => value);
  }

  get last(): T {
    return this.#spans.at(-1)!.value;
  }
}

/** One row that somebody may follow. */
export interface Row {
  /** Its department, or its system's that all rows of the system share. */
  owner: Timeline<string>;
  district: Timeline<string | null>;
  /** As it was last told and settled; null = it ended. */
  value: string | null;
}

const within = (
  { departments, districts }: DataScope,
  owner: string,
  district: string | null,
): boolean =>
  (departments === null || departments.includes(owner)) &&
  (districts === null || (district !== null && districts.includes(district)));

const some = (
  scope: DataScope,
  owners: string[],
  districts: (string | null)[],
): boolean =>
  owners.some((owner) =>
    districts.some((district) => within(scope, owner, district)),
  );

/** Could whoever has this scope be shown the row at that moment? */
export const mayBeSeen = (row: Row, scope: DataScope, at: number): boolean =>
  some(scope, row.owner.at(at), row.district.at(at));

/** Or at any moment before? */
export const couldBeSeen = (row: Row, scope: DataScope, at: number): boolean =>
  some(scope, row.owner.until(at), row.district.until(at));

export const isSeenNow = (row: Row, scope: DataScope): boolean =>
  row.value !== null && within(scope, row.owner.last, row.district.last);
