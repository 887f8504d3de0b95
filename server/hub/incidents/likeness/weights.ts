/**
 * How much each sign is to be believed, learned by asking before the answer is
 * told: words overlap and signs repeat one another, so that believing each in
 * full would be far too sure of itself.
 */
import { SIGNS, type Sign } from "./features.ts";

/** Where learning begins; what the first hundreds of incidents move most. */
const START: Record<Sign, number> = {
  usual: 1,
  lately: 0.2,
  words: 0.5,
  address: 0.2,
  near: 0.4,
  area: 0.2,
  source: 0.7,
  hour: 0.3,
  category: 0.8,
};
const STEP = 0.02;

export interface Weights {
  of(sign: number): number;
  /** One step towards the likelier: Adagrad on the log-likelihood. @param slopes by sign */
  learn(slopes: Float64Array): void;
}

export function createWeights(): Weights {
  const weights = Float64Array.from(SIGNS, (sign) => START[sign]);
  const moved = new Float64Array(SIGNS.length).fill(1);
  return {
    of: (sign) => weights[sign]!,
    learn(slopes) {
      for (let i = 0; i < weights.length; i++) {
        const slope = slopes[i]!;
        moved[i]! += slope * slope;
        const weight = weights[i]! + (STEP * slope) / Math.sqrt(moved[i]!);
        // A sign never speaks against what it says.
        weights[i] = Math.max(0, weight);
      }
    },
  };
}
