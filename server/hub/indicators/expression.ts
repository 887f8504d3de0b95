/**
 * Conditions and formulas of the catalogue in CEL, made safe and plain: only
 * the operators and functions listed here, macros one deep, and every number a
 * decimal, so that `value * 2` and `1 / 2` mean what an engineer expects.
 */
import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import { iaqi, POLLUTANTS } from "./iaqi.ts";

/** A sentence about an expression of the catalogue that cannot be used. */
export class ExpressionError extends Error {}

const OPERATORS = new Set(
  "value id [] call rcall list ?: || && !_ -_ != == in + - * / < <= > >=".split(
    " ",
  ),
);
const FUNCTIONS = new Set(["iaqi", "min", "max", "abs", "round"]);
/** Receiver calls: the macros over a list. */
const MACROS = new Set(["exists", "all", "exists_one", "filter", "map"]);

const environment = new Environment({
  limits: {
    maxAstNodes: 300,
    maxDepth: 30,
    maxListElements: 64,
    maxMapEntries: 0,
    maxCallArguments: 8,
  },
})
  .registerVariable("value", "double")
  .registerVariable("ind", "map<string, double>")
  .registerFunction("iaqi(string, double): double", iaqi)
  .registerFunction("min(double, double): double", Math.min)
  .registerFunction("max(double, double): double", Math.max)
  .registerFunction("min(list<double>): double", (list: number[]) =>
    Math.min(...list),
  )
  .registerFunction("max(list<double>): double", (list: number[]) =>
    Math.max(...list),
  )
  .registerFunction("abs(double): double", Math.abs)
  .registerFunction("round(double): double", Math.round);

export interface Expression {
  ast: ASTNode;
  /** @throws where the expression fails on these values. */
  run(values: { value?: number; ind?: Map<string, number> }): unknown;
}

/** @throws ExpressionError with what is wrong and the allowed words. */
export function compile(text: string, type: "bool" | "double"): Expression {
  const parsed = parse(decimal(text, parse(text).ast));
  checkNode(parsed.ast, 0);
  const checked = parsed.check();
  if (!checked.valid)
    throw new ExpressionError(firstLine(checked.error?.message ?? "invalid"));
  if (checked.type !== type)
    throw new ExpressionError(
      `gives ${checked.type ?? "nothing"}, and ${type} was expected`,
    );
  return { ast: parsed.ast, run: (values) => parsed(values) as unknown };
}

function parse(text: string) {
  try {
    return environment.parse(text);
  } catch (error) {
    throw new ExpressionError(firstLine((error as Error).message));
  }
}

const firstLine = (text: string) => text.split("\n", 1)[0]!;

/** The same text with every whole number written as a decimal. */
function decimal(text: string, ast: ASTNode): string {
  const ends: number[] = [];
  walk(ast, (node) => {
    if (node.op === "value" && typeof node.args === "bigint")
      ends.push(node.end);
  });
  for (const end of ends.sort((a, b) => b - a))
    text = `${text.slice(0, end)}.0${text.slice(end)}`;
  return text;
}

function checkNode(node: ASTNode, macros: number): void {
  if (!OPERATORS.has(node.op))
    throw new ExpressionError(`\`${node.op}\` is not allowed here`);
  let deeper = macros;
  if (node.op === "call" && !FUNCTIONS.has(node.args[0]))
    throw new ExpressionError(
      `the function ${String(node.args[0])} is not one of ${[...FUNCTIONS].join(", ")}`,
    );
  if (node.op === "call" && node.args[0] === "iaqi") checkPollutant(node);
  if (node.op === "rcall") {
    if (!MACROS.has(node.args[0]))
      throw new ExpressionError(
        `the method ${String(node.args[0])} is not one of ${[...MACROS].join(", ")}`,
      );
    if (++deeper > 1)
      throw new ExpressionError("a macro stands inside a macro");
  }
  for (const child of children(node)) checkNode(child, deeper);
}

/** A misspelt pollutant is told when the catalogue is loaded, not when the air is read. */
function checkPollutant(node: ASTNode & { op: "call" }): void {
  const pollutant = node.args[1][0];
  if (pollutant?.op !== "value" || typeof pollutant.args !== "string")
    throw new ExpressionError('write the pollutant out, as in iaqi("pm25", …)');
  if (!POLLUTANTS.includes(pollutant.args))
    throw new ExpressionError(
      `iaqi knows ${POLLUTANTS.join(", ")}, and not "${pollutant.args}"`,
    );
}

/** Every node below and including this one. */
export function walk(node: ASTNode, visit: (node: ASTNode) => void): void {
  visit(node);
  for (const child of children(node)) walk(child, visit);
}

function children(node: ASTNode): ASTNode[] {
  const found: ASTNode[] = [];
  const look = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(look);
    else if (part instanceof Object && "op" in part)
      found.push(part as ASTNode);
  };
  look(node.args);
  return found;
}
