/** What is wrong with a table that somebody gave, as sentences at its field. */
import { say, type FieldSentence } from "../../contract/sentence.ts";
import type { Fault, TableError } from "../city/table.ts";

/** A sentence a fault, in the order of the lines. @param path of the field with the text */
export function faultsOf(error: TableError, path: string): FieldSentence[] {
  return error.faults.length > 0
    ? error.faults.map((fault) => ({ path, ...sentenceOf(fault) }))
    : // What is no table at all has no lines.
      [{ path, message: error.message }];
}

const sentenceOf = ({ line, column, cell, message: sentence }: Fault) =>
  column === null
    ? say("lineWrong", { line, sentence })
    : say("cellWrong", { line, column, cell, sentence });
