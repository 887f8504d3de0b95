/**
 * How often each label (a category, a department) went with each word, area or
 * source: sparse counts that are halved as the years go by and never outgrow
 * their bound.
 */

/** Counts of one feature. */
export interface Tally {
  /** Incidents with this feature. */
  n: number;
  labels: number[];
  counts: number[];
}

export interface Tallies {
  get(feature: string): Tally | undefined;
  /** @param amount 1 to learn, less than 0 to forget */
  add(feature: string, label: number, amount: number): void;
  /** Halves every count and lets go what has become rare. */
  halve(): void;
  readonly size: number;
}

/** Halved once, what was seen once is gone. */
const RARE = 0.75;

/** @param most features held at most; of more, the rarest are let go */
export function createTallies(most: number): Tallies {
  const tallies = new Map<string, Tally>();

  function letGoBelow(least: number): void {
    for (const [feature, { n }] of tallies)
      if (n < least) tallies.delete(feature);
  }

  function create(feature: string): Tally {
    // A quarter at once: looking for the rare ones takes a look at all.
    if (tallies.size >= most)
      for (let least = 2 * RARE; tallies.size > 0.75 * most; least *= 2)
        letGoBelow(least);
    const tally = { n: 0, labels: [], counts: [] };
    tallies.set(feature, tally);
    return tally;
  }

  return {
    get: (feature) => tallies.get(feature),
    add(feature, label, amount) {
      const known = tallies.get(feature);
      // What was let go in between cannot be forgotten again.
      if (!known && amount < 0) return;
      const tally = known ?? create(feature);
      let slot = tally.labels.indexOf(label);
      if (slot < 0) {
        if (amount < 0) return;
        slot = tally.labels.push(label) - 1;
        tally.counts.push(0);
      }
      const counted = Math.max(amount, -tally.counts[slot]!);
      tally.counts[slot]! += counted;
      tally.n += counted;
      if (tally.counts[slot] === 0) {
        tally.labels.splice(slot, 1);
        tally.counts.splice(slot, 1);
      }
      if (tally.n <= 0) tallies.delete(feature);
    },
    halve() {
      for (const tally of tallies.values()) {
        tally.n /= 2;
        tally.counts = tally.counts.map((count) => count / 2);
      }
      letGoBelow(RARE);
    },
    get size() {
      return tallies.size;
    },
  };
}
