import { say, type Sentence } from "../../contract/sentence.ts";
import { HttpProblem } from "./problem.ts";

/**
 * Answers as if a row that lies outside the caller's scope were not there;
 * the audit alone is told that it is.
 * @param sentence what is said of a row that does not exist
 */
export const hidden = (
  sentence: string | Sentence,
  object: string,
): HttpProblem =>
  new HttpProblem(404, sentence, {
    refused: { object, detail: say("outsideScope").message },
  });
