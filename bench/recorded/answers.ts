/** What was suggested against what was right. */
export interface Answer {
  right: string;
  /** Likeliest first. */
  said: readonly string[];
  /** Of the first, 0…1. */
  confidence: number;
}

const share = (of: readonly Answer[], isSo: (one: Answer) => boolean) =>
  of.filter(isSo).length / of.length;

/** Share of answers that were right among the first `top`; NaN of none. */
export const accuracyOf = (answers: readonly Answer[], top: number): number =>
  share(answers, ({ right, said }) => said.slice(0, top).includes(right));

const BINS = 10;

/** How far confidence and accuracy are apart, over ten equal spans of confidence, each by its answers. */
export function calibrationError(answers: readonly Answer[]): number {
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const own = answers.filter(
      ({ confidence }) =>
        Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    );
    const sure = own.reduce((sum, { confidence }) => sum + confidence, 0);
    const right = own.length > 0 ? accuracyOf(own, 1) * own.length : 0;
    error += Math.abs(sure - right) / answers.length;
  }
  return error;
}

const STEP = 0.05;
/** Of fewer answers an accuracy says too little. */
const FEWEST = 30;

/** The lowest confidence, in steps of 0.05, from which answers are right as often as wanted; 1 where none is. */
export function thresholdFor(
  answers: readonly Answer[],
  wanted: number,
): number {
  for (let step = 0; step < 1 / STEP; step++) {
    const sure = answers.filter(({ confidence }) => confidence >= step * STEP);
    if (sure.length >= FEWEST && accuracyOf(sure, 1) >= wanted)
      return step * STEP;
  }
  return 1;
}
