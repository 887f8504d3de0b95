import type { Level } from "../../contract/level.ts";

/**
 * Every colour and face the map is drawn with, in one theme. Level colours and
 * text are the product's tokens; the ground's own colours stand in map.css.
 */
export interface Look {
  /** Outside the city. */
  ground: string;
  /** Inside the city. */
  land: string;
  green: string;
  water: string;
  sea: string;
  waterGlow: string;
  /** 快速路, 主干路, 次干路, 支路. */
  roads: readonly [string, string, string, string];
  roadCasing: string;
  building: string;
  buildingTop: string;
  districtLine: string;
  cityLine: string;
  cityGlow: string;
  label: string;
  labelSecond: string;
  labelWater: string;
  labelHalo: string;
  /** What numbers and shapes stand on, and the number itself. */
  badge: string;
  badgeText: string;
  accent: string;
  /** Sensors with nothing to tell. */
  calm: string;
  normal: string;
  none: string;
  stale: string;
  levels: Readonly<Record<Level, string>>;
  /** Road speed, free to blocked. */
  flow: readonly [string, string, string, string];
  /** Kinds of moving objects. */
  series: readonly string[];
  /** CSS font families. */
  sans: string;
  figures: string;
}

/** Value of a CSS custom property by its name without dashes; throws where there is none. */
export type Token = (name: string) => string;

const four = (token: Token, name: string) =>
  [1, 2, 3, 4].map((n) => token(`${name}-${n}`)) as unknown as Look["roads"];

/** The look that a theme's tokens make. Pure. */
export function createLook(token: Token): Look {
  return {
    ground: token("map-ground"),
    land: token("map-land"),
    green: token("map-green"),
    water: token("map-water"),
    sea: token("map-sea"),
    waterGlow: token("map-water-glow"),
    roads: four(token, "map-road"),
    roadCasing: token("map-road-casing"),
    building: token("map-building"),
    buildingTop: token("map-building-top"),
    districtLine: token("map-district-line"),
    cityLine: token("map-city-line"),
    cityGlow: token("map-city-glow"),
    label: token("map-label"),
    labelSecond: token("map-label-2"),
    labelWater: token("map-label-water"),
    labelHalo: token("map-label-halo"),
    badge: token("map-badge"),
    badgeText: token("text"),
    accent: token("accent"),
    calm: token("map-calm"),
    normal: token("level-normal"),
    none: token("level-none"),
    stale: token("level-stale"),
    levels: {
      red: token("level-red"),
      orange: token("level-orange"),
      yellow: token("level-yellow"),
      blue: token("level-blue"),
    },
    flow: four(token, "map-flow"),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => token(`series-${n}`)),
    sans: token("sans"),
    figures: token("figures"),
  };
}

/**
 * The look in force at an element: reads its computed custom properties.
 * @throws Error naming a token that no style sheet sets.
 */
export function readLook(element: Element): Look {
  const computed = getComputedStyle(element);
  return createLook((name) => {
    const value = computed.getPropertyValue(`--${name}`).trim();
    if (value === "") throw new Error(`the token --${name} is not set`);
    return value;
  });
}
