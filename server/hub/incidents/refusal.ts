import type { Sentence } from "../../../contract/sentence.ts";

/** A step that may not be taken: a sentence, and where in the step the reason lies. */
export class StepRefusal extends Error {
  readonly path: string;
  readonly sentence: Sentence;
  /** Is it the actor who may not, whatever the incident's state? */
  readonly isForbidden: boolean;
  constructor(path: string, sentence: Sentence, isForbidden: boolean) {
    super(sentence.message);
    this.path = path;
    this.sentence = sentence;
    this.isForbidden = isForbidden;
  }
}

export const refusal = (path: string, sentence: Sentence): StepRefusal =>
  new StepRefusal(path, sentence, false);

export const forbidden = (sentence: Sentence): StepRefusal =>
  new StepRefusal("", sentence, true);
