/** What a schema has against a value, as a sentence for a person; the schema's own English stays. */
import type { z } from "zod";
import { recognise, say, type Sentence } from "../../contract/sentence.ts";

type Issue = z.core.$ZodIssue;

export function sentenceOf(issue: Issue): Sentence {
  const { message } = issue;
  // A schema that says more says it in a sentence of ours.
  if (issue.code === "unrecognized_keys") return say("unknownParameter");
  return recognise(message) ?? { ...coded(issue), message };
}

function coded(issue: Issue): Pick<Sentence, "code" | "facts"> {
  if (issue.code === "too_small") {
    const least = Number(issue.minimum);
    const code = { string: "tooShort", array: "tooFew" } as const;
    return {
      code: code[issue.origin as "string"] ?? "tooLow",
      facts: { least },
    };
  }
  if (issue.code === "too_big") {
    const most = Number(issue.maximum);
    const code = { string: "tooLong", array: "tooMany" } as const;
    return {
      code: code[issue.origin as "string"] ?? "tooHigh",
      facts: { most },
    };
  }
  return { code: "notUnderstood" };
}
