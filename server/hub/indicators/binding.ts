/**
 * Which indicators a series feeds, and into which accumulators: worked out
 * when the series appears or the catalogue changes, so that a reading only
 * follows a short chain of integers.
 */
import { grown } from "../sensors/columns.ts";

/** Entries of a link: next link of the series, indicator, district, object, position. */
const LINK = 5;
const NEXT = 0;
const INDICATOR = 1;
const DISTRICT = 2;
const OBJECT = 3;
const POSITION = 4;

export class Binding {
  #links = new Int32Array(LINK * 64);
  #count = 0;
  /** Head of the chain of links that nobody uses. */
  #free = -1;
  #head = new Int32Array(64).fill(-1);

  /** First link of a series, −1 for none. Hot path. */
  first(series: number): number {
    return series < this.#head.length ? this.#head[series]! : -1;
  }
  next(link: number): number {
    return this.#links[link + NEXT]!;
  }
  indicator(link: number): number {
    return this.#links[link + INDICATOR]!;
  }
  /** Accumulator of the district, −1 for none. */
  district(link: number): number {
    return this.#links[link + DISTRICT]!;
  }
  /** Accumulator of the sensor by itself, −1 for none. */
  object(link: number): number {
    return this.#links[link + OBJECT]!;
  }
  /** Place among the members of a `latest` window. */
  position(link: number): number {
    return this.#links[link + POSITION]!;
  }

  /** The link of a series to an indicator, −1 where it does not feed it. */
  find(series: number, indicator: number): number {
    let link = this.first(series);
    while (link >= 0 && this.indicator(link) !== indicator)
      link = this.next(link);
    return link;
  }

  add(
    series: number,
    indicator: number,
    district: number,
    object: number,
    position: number,
  ): void {
    if (series >= this.#head.length)
      this.#head = grown(this.#head, series + 1, -1);
    let link = this.#free;
    if (link >= 0) this.#free = this.#links[link + NEXT]!;
    else {
      link = LINK * this.#count++;
      if (link + LINK > this.#links.length)
        this.#links = grown(this.#links, link + LINK);
    }
    this.#links[link + NEXT] = this.#head[series]!;
    this.#links[link + INDICATOR] = indicator;
    this.#links[link + OBJECT] = object;
    this.move(link, district, position);
    this.#head[series] = link;
  }

  move(link: number, district: number, position: number): void {
    this.#links[link + DISTRICT] = district;
    this.#links[link + POSITION] = position;
  }

  renumber(link: number, indicator: number): void {
    this.#links[link + INDICATOR] = indicator;
  }

  remove(series: number, link: number): void {
    const next = this.next(link);
    if (this.first(series) === link) this.#head[series] = next;
    else {
      let before = this.first(series);
      while (this.next(before) !== link) before = this.next(before);
      this.#links[before + NEXT] = next;
    }
    this.#links[link + NEXT] = this.#free;
    this.#free = link;
  }
}
