/**
 * `where` conditions over one `value`. They run once per reading, so the usual
 * forms (comparisons with numbers, joined by && || !) become plain closures;
 * anything else is evaluated as CEL.
 */
import type { ASTNode } from "@marcbachmann/cel-js";
import { compile } from "./expression.ts";

export type Where = (value: number) => boolean;

/** @throws ExpressionError */
export function compileWhere(text: string): Where {
  const expression = compile(text, "bool");
  return (
    plain(expression.ast) ??
    ((value) => {
      try {
        return expression.run({ value }) === true;
      } catch {
        return false; // such as a division by nothing: the value does not match
      }
    })
  );
}

function plain(node: ASTNode): Where | null {
  if (node.op === "&&" || node.op === "||") {
    const [left, right] = node.args.map(plain);
    if (!left || !right) return null;
    return node.op === "&&"
      ? (value) => left(value) && right(value)
      : (value) => left(value) || right(value);
  }
  if (node.op === "!_") {
    const inner = plain(node.args);
    return inner && ((value) => !inner(value));
  }
  const compare = COMPARISONS[node.op];
  if (!compare) return null;
  const [left, right] = node.args as [ASTNode, ASTNode];
  const limit = numberOf(right);
  return isValue(left) && limit !== null ? compare(limit) : null;
}

const COMPARISONS: Partial<Record<string, (limit: number) => Where>> = {
  ">=": (limit) => (value) => value >= limit,
  ">": (limit) => (value) => value > limit,
  "<=": (limit) => (value) => value <= limit,
  "<": (limit) => (value) => value < limit,
  "==": (limit) => (value) => value === limit,
  "!=": (limit) => (value) => value !== limit,
};

const isValue = (node: ASTNode) => node.op === "id" && node.args === "value";

function numberOf(node: ASTNode): number | null {
  if (node.op === "value" && typeof node.args === "number") return node.args;
  if (node.op !== "-_") return null;
  const number = numberOf(node.args);
  return number === null ? null : -number;
}
