/**
 * Says which label an incident will have, and what each sign adds to that:
 * what experience tells by each sign, joined by learned weights (a log-linear
 * pool of naive Bayes parts).
 */
import {
  createExperience,
  type Counts,
  type Experience,
} from "./experience.ts";
import { SIGNS, type Features, type Sign } from "./features.ts";
import { createWeights } from "./weights.ts";

export interface Verdict {
  label: string;
  /** 0…1; of all labels together 1. */
  confidence: number;
  /** What each sign adds for this label over what it adds for the usual ones, in nats; 0 is neither for nor against. */
  gains: Record<Sign, number>;
}

export interface Judge {
  /** @param near asked for only where the weights learn from it */
  learn(features: Features, near: () => Counts, label: string): void;
  /** Learns words that nobody reported: nothing is to be expected of them. */
  teach(features: Features, label: string): void;
  /** @param amount what it counted when it was learned, less what was halved since */
  forget(features: Features, label: string, amount: number): void;
  halve(): void;
  /** The likeliest first, at most `most`; nothing before anything was learned. */
  judge(features: Features, near: Counts, most: number): Verdict[];
  readonly experience: Pick<Experience, "gain" | "count">;
}

/** The first ones are all asked before they are learned, then every tenth: asking takes longer than learning. */
const ASKED_AT_FIRST = 2_000;
const ASKED_EVERY = 10;

/** Some closed incidents were filed wrongly, also where all that were learned look alike: nothing is certain. */
const MISFILED = 0.02;
const USUAL = SIGNS.indexOf("usual");

/**
 * @param signs which it may look at
 * @param mostFeatures held at most, of each sign
 */
export function createJudge(
  signs: ReadonlySet<Sign>,
  mostFeatures: number,
): Judge {
  const experience = createExperience(signs, mostFeatures);
  const weights = createWeights();
  let learned = 0;

  /** Share of each label, together 1. */
  function sharesOf(gains: Float64Array): Float64Array {
    const scores = new Float64Array(experience.labels.length);
    for (let i = 0; i < SIGNS.length; i++)
      for (let l = 0; l < scores.length; l++)
        scores[l]! += weights.of(i) * gains[i * scores.length + l]!;
    return softmax(scores);
  }

  /**
   * What a sign says for all labels together, each as usual as it is: words
   * that speak against every label speak for the one they speak least against.
   */
  function expectedOf(sign: number, gains: Float64Array): number {
    if (SIGNS[sign] === "usual") return 0;
    const count = experience.labels.length;
    const row = gains.subarray(sign * count, (sign + 1) * count);
    const highest = weights.of(sign) * Math.max(...row);
    let sum = 0;
    for (let l = 0; l < count; l++)
      sum +=
        Math.exp(gains[USUAL * count + l]!) *
        Math.exp(weights.of(sign) * row[l]! - highest);
    return highest + Math.log(sum);
  }

  /** One step of the weights: what the signs said for the answer, against what they said for all. */
  function ask(features: Features, near: Counts, answer: number): void {
    const gains = experience.gains(features, near);
    const shares = sharesOf(gains);
    const slopes = Float64Array.from(SIGNS, (_, i) => {
      let expected = 0;
      for (let l = 0; l < shares.length; l++)
        expected += shares[l]! * gains[i * shares.length + l]!;
      return gains[i * shares.length + answer]! - expected;
    });
    weights.learn(slopes);
  }

  return {
    learn(features, near, label) {
      const known = experience.indexOf(label);
      const isAsked = learned < ASKED_AT_FIRST || learned % ASKED_EVERY === 0;
      // What was never seen cannot be expected of any sign.
      if (isAsked && known !== undefined) ask(features, near(), known);
      experience.add(features, label);
      learned++;
    },
    teach: experience.add,
    forget: experience.take,
    halve: experience.halve,
    judge(features, near, most) {
      if (experience.size === 0) return [];
      const gains = experience.gains(features, near);
      const shares = sharesOf(gains).map(
        (share, label) =>
          (1 - MISFILED) * share +
          MISFILED * Math.exp(gains[USUAL * experience.labels.length + label]!),
      );
      const expected = SIGNS.map((_, i) => expectedOf(i, gains));
      const gainsOf = (label: number) =>
        SIGNS.map((sign, i) => [
          sign,
          weights.of(i) * gains[i * shares.length + label]! - expected[i]!,
        ]);
      return [...shares.keys()]
        .sort((a, b) => shares[b]! - shares[a]! || a - b)
        .slice(0, most)
        .map((label) => ({
          label: experience.labels[label]!,
          confidence: shares[label]!,
          gains: Object.fromEntries(gainsOf(label)) as Record<Sign, number>,
        }));
    },
    experience,
  };
}

function softmax(scores: Float64Array): Float64Array {
  const highest = scores.reduce((high, score) => Math.max(high, score));
  const shares = scores.map((score) => Math.exp(score - highest));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
