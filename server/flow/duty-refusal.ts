import type { Sentence } from "../../contract/sentence.ts";

/** Something of the duty that is not done, and why. */
export class DutyRefusal extends Error {
  readonly why: "missing" | "forbidden" | "conflict" | "wrong";
  readonly sentence: Sentence;
  /** Into the body, where it is one field's. */
  readonly path: string | null;

  constructor(
    why: DutyRefusal["why"],
    sentence: Sentence,
    path: string | null = null,
  ) {
    super(sentence.message);
    this.why = why;
    this.sentence = sentence;
    this.path = path;
  }
}
