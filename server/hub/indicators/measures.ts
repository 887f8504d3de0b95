/** What the hub can measure of itself by its indicators and sensors alone. */
import { percentOf, type Share } from "../../../contract/statistics.ts";
import { SECOND } from "../../../contract/time.ts";
import type { Sensors } from "../sensors.ts";
import type { Board } from "./board.ts";
import { NORMAL } from "./levels.ts";
import { CITY } from "./source.ts";

/** `name` for the city, `name@district` for a district; a rate is told as what it is the share of; null = cannot be measured now. */
export type Measures = Record<string, number | Share | null>;

/** In the indicator's unit; a rate over fewer matters than its row asks for says nothing. */
function valueOf(measured: number | Share | null, least = 1): number | null {
  if (measured === null || typeof measured === "number") return measured;
  return measured.of < least ? null : percentOf(measured);
}

const keyOf = (measure: string, scope: string, place: number) =>
  place === CITY ? measure : `${measure}@${scope}`;

/**
 * Shows what was measured where the indicator is a measure; what nobody told of stays.
 * @returns was anything told of it?
 */
export function showMeasure(
  board: Board,
  told: Readonly<Measures>,
  now: number,
): boolean {
  const { source } = board.indicator;
  if (source.from !== "internal") return false;
  let isTold = false;
  for (let place = 0; place < board.places; place++) {
    if (!board.shows(place)) continue;
    const measured = told[keyOf(source.measure, board.scope(place), place)];
    if (measured === undefined) continue;
    isTold = true;
    const value = valueOf(measured, source.least);
    board.set(place, value ?? NaN, value === null ? 0 : 1, now, now);
  }
  return isTold;
}

/** Online sensors are counted that often: it takes a walk over all of them. */
const ONLINE_EVERY = 10 * SECOND;

/** Measures that need nobody's help. */
export class OwnMeasures {
  readonly #sensors: Sensors;
  readonly #districts: readonly string[];
  #online: Measures = {};
  #onlineAt = -Infinity;

  constructor(sensors: Sensors, districts: readonly string[]) {
    this.#sensors = sensors;
    this.#districts = districts;
  }

  take(boards: readonly Board[], now: number): Measures {
    if (now - this.#onlineAt >= ONLINE_EVERY) {
      this.#onlineAt = now;
      this.#online = onlineRates(this.#sensors, this.#districts);
    }
    const scopes = ["city", ...this.#districts];
    return { ...this.#online, ...healthIndexes(boards, scopes) };
  }
}

/** Share of registered sensors that are not stale, in %: `iotOnlineRate`. Walks all sensors. */
function onlineRates(sensors: Sensors, districts: readonly string[]): Measures {
  const scopes = ["", ...districts];
  const placeOf = sensors.districts.all.map((district) =>
    scopes.indexOf(district),
  );
  const registered = new Float64Array(scopes.length);
  const online = new Float64Array(scopes.length);
  for (let sensor = 0; sensor < sensors.count; sensor++) {
    if (!sensors.isRegistered(sensor)) continue;
    const speaks = sensors.speaks(sensor) ? 1 : 0;
    const place = placeOf[sensors.districtOf[sensor]!]!;
    registered[CITY]!++;
    online[CITY]! += speaks;
    if (place > CITY) {
      registered[place]!++;
      online[place]! += speaks;
    }
  }
  return Object.fromEntries(
    scopes.map((scope, place) => [
      keyOf("iotOnlineRate", scope, place),
      registered[place] === 0
        ? null
        : (100 * online[place]!) / registered[place]!,
    ]),
  );
}

/** Score of a state, by its index: red, orange, yellow, blue, normal. */
const SCORES = [0, 25, 50, 75, 100];

/**
 * `healthIndex`, 0–100: the mean of the themes' scores, a theme's being the
 * mean score of its indicators that have a level or are normal. What is stale
 * or never judged says nothing. Null where no theme can be scored.
 */
function healthIndexes(
  boards: readonly Board[],
  scopes: readonly string[],
): Measures {
  const measured: Measures = {};
  scopes.forEach((scope, place) => {
    const themes = new Map<string, number[]>();
    for (const board of boards) {
      const { theme, source } = board.indicator;
      if (source.from === "internal" && source.measure === "healthIndex")
        continue;
      const state = board.state(place);
      if (!board.shows(place) || state > NORMAL) continue;
      const scores = themes.get(theme);
      if (scores) scores.push(SCORES[state]!);
      else themes.set(theme, [SCORES[state]!]);
    }
    measured[keyOf("healthIndex", scope, place)] =
      themes.size === 0 ? null : mean([...themes.values()].map(mean));
  });
  return measured;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
