/** Runs in the process of mappings: started and, if need be, killed by mapping-process.ts. */
import jsonata from "jsonata";
import { MISSING } from "../../contract/reading.ts";
import { readLocalTime } from "./local-time.ts";
import type { MapAnswer, MapAsk } from "./mapping-process.ts";

/** JSONata's own limits; the parent's are harder. */
const LIMITS = { timeout: 2_000, stack: 300, sequence: 1_000_000 };

const compiled = new Map<string, jsonata.Expression>();

function compile({ text, timeZone }: MapAsk): jsonata.Expression {
  const key = `${timeZone}\n${text}`;
  let expression = compiled.get(key);
  if (!expression) {
    expression = jsonata(text, LIMITS);
    expression.registerFunction(
      "instant",
      (given: unknown, pattern: unknown) =>
        typeof given === "string" && typeof pattern === "string"
          ? readLocalTime(given, pattern, timeZone)
          : null,
    );
    expression.registerFunction("number", toNumber, "<x-:x>");
    compiled.set(key, expression);
  }
  return expression;
}

/**
 * `$number` that sinks no batch: a text that means "no value" becomes null,
 * and one that is no number stays what it is, for the judge to refuse.
 */
function toNumber(given: unknown): unknown {
  if (typeof given !== "string") return given;
  const text = given.trim();
  if (MISSING.has(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : given;
}

async function map(ask: MapAsk): Promise<MapAnswer> {
  const expression = compile(ask);
  if (!ask.rowWise)
    return {
      results: [{ items: listOf(await expression.evaluate(ask.input)) }],
    };
  const results: MapAnswer["results"] = [];
  for (const row of ask.input as unknown[]) {
    try {
      results.push({ items: listOf(await expression.evaluate(row)) });
    } catch (error) {
      results.push({ error: messageOf(error) });
    }
  }
  return { results };
}

function listOf(result: unknown): unknown[] {
  if (result === undefined) return [];
  // Sequences carry flags of JSONata's own; a plain copy leaves them behind.
  return Array.isArray(result) ? Array.from(result as unknown[]) : [result];
}

function messageOf(error: unknown): string {
  const { message } = error as { message?: unknown };
  return typeof message === "string" ? message : "the mapping failed";
}

process.on("message", (ask: MapAsk) => {
  map(ask)
    .catch((error: unknown): MapAnswer => ({
      results: [{ error: messageOf(error) }],
    }))
    .then((answer) => process.send!(answer))
    .catch(() => process.exit(1));
});
process.on("disconnect", () => process.exit(0));
process.send!("ready");
