/**
 * What closed incidents have told of each label (a category, a department): how
 * usual it is, and how much likelier each sign makes it.
 */
import { SIGNS, type Features, type Sign } from "./features.ts";
import { createTallies, type Tally } from "./tallies.ts";

/** How often labels went with something, and how often it came at all. */
export interface Counts {
  of: ReadonlyMap<string, number>;
  all: number;
}

/** `count` of `of` incidents. */
export interface Share {
  count: number;
  of: number;
}

export interface Experience {
  /** In the order in which they were first seen. */
  readonly labels: readonly string[];
  readonly size: number;
  /** Index of a label among `labels`; undefined where it was never seen. */
  indexOf(label: string): number | undefined;
  add(features: Features, label: string): void;
  /** @param amount what it counted when it was added, less what was halved since */
  take(features: Features, label: string, amount: number): void;
  halve(): void;
  /**
   * What each sign adds for each label, in nats, sign after sign: for "usual"
   * ln of how usual it is, for the others how many times likelier they make it.
   */
  gains(features: Features, near: Counts): Float64Array;
  /** The same of one feature for one label. */
  gain(sign: keyof Features, feature: string, label: string): number;
  count(sign: keyof Features, feature: string, label: string): Share;
}

/** Incidents that a feature must have come with to be believed as much as what is usual. */
const DOUBT: Record<Exclude<Sign, "usual">, number> = {
  ...{ words: 2, address: 4, near: 2, area: 10 },
  ...{ source: 20, hour: 20, category: 5, lately: 20 },
};
const COUNTED = SIGNS.filter(
  (sign): sign is keyof Features =>
    sign !== "usual" && sign !== "lately" && sign !== "near",
);
/** A label never seen with anything else counts as seen this often. */
const UNSEEN = 0.5;
/** Lately = weighed down by half every 350 incidents. */
const FADING = 0.998;
/** Labels come from a city's catalogue; of a feed that makes them up the first are enough. */
const MOST_LABELS = 1_000;

/**
 * @param signs which it may look at
 * @param mostFeatures held at most, of each sign
 */
export function createExperience(
  signs: ReadonlySet<Sign>,
  mostFeatures: number,
): Experience {
  /** One shelf a sign, so that no key need be made of sign and word: there are a hundred words a report. */
  const tallies = new Map(
    COUNTED.filter((sign) => signs.has(sign)).map((sign) => [
      sign,
      createTallies(mostFeatures),
    ]),
  );
  const indices = new Map<string, number>();
  const labels: string[] = [];
  const usual: number[] = [];
  const lately: number[] = [];
  let total = 0;
  let recent = 0;

  const chance = (label: number) =>
    (usual[label]! + UNSEEN) / (total + UNSEEN * labels.length);

  function indexFor(label: string): number | undefined {
    const known = indices.get(label);
    if (known !== undefined || labels.length === MOST_LABELS) return known;
    indices.set(label, labels.length);
    usual.push(0);
    lately.push(0);
    return labels.push(label) - 1;
  }

  function count(features: Features, label: number, amount: number): void {
    usual[label] = Math.max(0, usual[label]! + amount);
    total = Math.max(0, total + amount);
    for (const [sign, shelf] of tallies)
      for (const feature of features[sign]) shelf.add(feature, label, amount);
  }

  const known = (sign: keyof Features, feature: string) =>
    tallies.get(sign)?.get(feature);

  function tell(
    row: Float64Array,
    chances: readonly number[],
    sign: Sign,
    features: Features,
    near: Counts,
  ): void {
    if (sign === "usual")
      for (let l = 0; l < row.length; l++) row[l] = Math.log(chances[l]!);
    else if (sign === "lately")
      addGains(row, chances, DOUBT[sign], dense(lately, recent));
    else if (sign === "near") {
      const counts = labels.map((label) => near.of.get(label) ?? 0);
      addGains(row, chances, DOUBT[sign], dense(counts, near.all));
    } else
      for (const feature of features[sign]) {
        const tally = known(sign, feature);
        if (tally) addGains(row, chances, DOUBT[sign], tally);
      }
  }

  return {
    labels,
    get size() {
      return total;
    },
    indexOf: (label) => indices.get(label),
    add(features, name) {
      const label = indexFor(name);
      if (label === undefined) return;
      count(features, label, 1);
      for (let l = 0; l < lately.length; l++) lately[l]! *= FADING;
      lately[label]! += 1;
      recent = recent * FADING + 1;
    },
    take(features, name, amount) {
      const label = indices.get(name);
      if (label !== undefined) count(features, label, -amount);
    },
    halve() {
      for (const shelf of tallies.values()) shelf.halve();
      for (let l = 0; l < usual.length; l++) usual[l]! /= 2;
      total /= 2;
    },
    gains(features, near) {
      const all = new Float64Array(SIGNS.length * labels.length);
      const chances = labels.map((_, label) => chance(label));
      SIGNS.forEach((sign, i) => {
        const row = all.subarray(i * labels.length, (i + 1) * labels.length);
        if (signs.has(sign)) tell(row, chances, sign, features, near);
      });
      return all;
    },
    gain(sign, feature, name) {
      const label = indices.get(name);
      const tally = known(sign, feature);
      if (label === undefined || !tally) return 0;
      const count = tally.counts[tally.labels.indexOf(label)] ?? 0;
      return gainOf(count, tally.n, DOUBT[sign], chance(label));
    },
    count(sign, feature, name) {
      const tally = known(sign, feature);
      const label = indices.get(name);
      if (label === undefined || !tally) return { count: 0, of: 0 };
      const slot = tally.labels.indexOf(label);
      return { count: tally.counts[slot] ?? 0, of: tally.n };
    },
  };
}

const dense = (counts: number[], n: number): Tally => ({
  ...{ n, counts, labels: [...counts.keys()] },
});

/** ln of (count + doubt × chance) / (n + doubt) / chance: how many times likelier than usual a label is with these counts. */
const gainOf = (count: number, n: number, doubt: number, chance: number) =>
  Math.log(1 + count / (doubt * chance)) - Math.log(1 + n / doubt);

function addGains(
  row: Float64Array,
  chances: readonly number[],
  doubt: number,
  { n, labels, counts }: Tally,
): void {
  // Most labels never came with most words: all they lose is the same.
  const never = gainOf(0, n, doubt, 1);
  for (let l = 0; l < row.length; l++) row[l]! += never;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    row[label]! += Math.log(1 + counts[i]! / (doubt * chances[label]!));
  }
}
