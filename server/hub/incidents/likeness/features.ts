/** What a suggestion may know of an incident: what a caller gives, and nothing that is decided later. */
import { DAY, HOUR } from "../../../../contract/time.ts";
import type { Zone } from "../../../../contract/zone.ts";
import { gramSet, readGrams, type Grams } from "./grams.ts";
import { cellOf } from "./grid.ts";
import { sayingOf, type Reported } from "./reported.ts";

/** Signs in the order in which they are weighed. */
export const SIGNS = [
  "usual",
  "lately",
  "words",
  "address",
  "near",
  "area",
  "source",
  "hour",
  "category",
] as const;
export type Sign = (typeof SIGNS)[number];

/** Signs that are counted by what they say: sign → all it says of one incident. */
export type Features = Record<
  "words" | "address" | "area" | "source" | "hour" | "category",
  readonly string[]
>;

/** Metres; an area is a neighbourhood, wider than what stands around one place. */
const AREA = 1_000;
const PART_OF_DAY = 3 * HOUR;
const WEEKEND = 5;
/** 1970-01-01 was a Thursday; Monday is 0. */
const THURSDAY = 3;

export interface Read {
  said: Grams;
  address: Grams;
  features: Features;
}

export function readFeatures(of: Reported, zone: Zone): Read {
  const said = readGrams(sayingOf(of));
  const address = readGrams(of.address);
  const { source, lng, lat, reportedAt, category } = of;
  const local = reportedAt + zone.offsetAt(reportedAt);
  const part = Math.floor((local % DAY) / PART_OF_DAY);
  const weekday = (zone.dayOf(reportedAt) + THURSDAY) % 7;
  const located = lng !== null && lat !== null;
  const week = weekday >= WEEKEND ? "weekend" : "workday";
  return {
    said,
    address,
    features: {
      words: [...gramSet(said)],
      address: [...gramSet(address)],
      area: [located ? cellOf(lng, lat, AREA) : "nowhere"],
      // Who reports without a place reports other things.
      source: [source, `${source}/${located ? "here" : "nowhere"}`],
      hour: [`${source}/${week}/${part}`],
      category: category === null ? [] : [category],
    },
  };
}

/** Features of words alone, said by nobody, nowhere and never. */
export const featuresOf = (text: string): Features => ({
  words: [...gramSet(readGrams(text))],
  address: [],
  area: [],
  source: [],
  hour: [],
  category: [],
});
