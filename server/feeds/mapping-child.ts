/** Runs in the process of mappings: started and, if need be, killed by mapping-process.ts. */
import jsonata from "jsonata";
import { MISSING } from "../../contract/reading.ts";
import { readLocalTime } from "./local-time.ts";
import type { MapAnswer, MapAsk, MapResult } from "./mapping-process.ts";

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

/** Longest result of one asking, in characters of JSON. */
const LARGEST = 16 * 1024 * 1024;

async function map(ask: MapAsk): Promise<MapAnswer> {
  const expression = compile(ask);
  const rows = ask.rowWise ? (ask.input as unknown[]) : [ask.input];
  const results: MapResult[] = [];
  let size = 0;
  for (const row of rows) {
    const result = await mapRow(expression, row);
    if ("items" in result) size += result.items.length;
    if (size > LARGEST) return { failed: "the mapping gives more than 16 MiB" };
    results.push(result);
  }
  return { results };
}

/**
 * Items go back as JSON: data and nothing else, and an object that holds
 * another twice, and that one another twice, swells here and not in the hub.
 */
async function mapRow(
  expression: jsonata.Expression,
  row: unknown,
): Promise<MapResult> {
  try {
    const result: unknown = await expression.evaluate(row);
    const items = result === undefined ? [] : result;
    return { items: JSON.stringify(Array.isArray(items) ? items : [items]) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  const { message } = error as { message?: unknown };
  return typeof message === "string" ? message : "the mapping failed";
}

process.on("message", (ask: MapAsk) => {
  map(ask)
    .catch((error: unknown): MapAnswer => ({ failed: messageOf(error) }))
    .then((answer) => process.send!(answer))
    .catch(() => process.exit(1));
});
process.on("disconnect", () => process.exit(0));
process.send!("ready");
