import { z } from "zod";
import { Algorithm } from "../../contract/algorithm.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { readTable } from "./table.ts";

const Row = Algorithm.extend({
  threshold: z
    .string()
    .regex(/^\d+(\.\d+)?$/, SENTENCES.numberExpected)
    .transform(Number)
    .pipe(Algorithm.shape.threshold),
  enabled: z.enum(["true", "false"]).transform((cell) => cell === "true"),
});

/**
 * Reads `algorithms.csv` (columns code, nameZh, nameEn, version, threshold, enabled).
 * @throws TableError naming line and column of everything that is wrong
 */
export const readAlgorithms = (text: string): Algorithm[] =>
  readTable({
    ...{ file: "algorithms.csv", text, shape: Row },
    identity: ({ code }) => code,
  });
