import { compile, ExpressionError, walk } from "./expression.ts";

/** A formula over other indicators: `ind["eco.pm25"] / 2`. */
export interface Formula {
  /** Indicators it reads, in the order of first mention. */
  reads: string[];
  /** Null where a value is missing or the result is no finite number. */
  run(valueOf: (indicator: string) => number | null): number | null;
}

/** @throws ExpressionError */
export function compileFormula(text: string): Formula {
  const expression = compile(text, "double");
  const reads = new Set<string>();
  walk(expression.ast, (node) => {
    if (node.op === "id" && node.args === "value")
      throw new ExpressionError("a formula reads `ind[…]`, not `value`");
    if (node.op !== "[]") return;
    const [map, key] = node.args;
    if (map.op !== "id" || map.args !== "ind") return;
    if (key.op !== "value" || typeof key.args !== "string")
      throw new ExpressionError(
        'write the indicator out, as in ind["eco.aqi"]',
      );
    reads.add(key.args);
  });
  if (reads.size === 0)
    throw new ExpressionError("a formula reads at least one indicator");
  return {
    reads: [...reads],
    run(valueOf) {
      const ind = new Map<string, number>();
      for (const indicator of reads) {
        const value = valueOf(indicator);
        if (value === null) return null;
        ind.set(indicator, value);
      }
      try {
        const result = expression.run({ ind });
        return typeof result === "number" && Number.isFinite(result)
          ? result
          : null;
      } catch {
        return null; // such as an index outside a list: no value, shown as stale
      }
    },
  };
}

/**
 * Formulas in an order in which each comes after those it reads.
 * @throws ExpressionError naming the path where they go round in a circle.
 */
export function inOrder(
  formulas: ReadonlyMap<string, Pick<Formula, "reads">>,
): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (id: string): void => {
    const formula = formulas.get(id);
    if (!formula || done.has(id)) return;
    const seen = path.indexOf(id);
    if (seen >= 0)
      throw new ExpressionError(
        `formulas go round in a circle: ${[...path.slice(seen), id].join(" → ")}`,
      );
    path.push(id);
    formula.reads.forEach(visit);
    path.pop();
    done.add(id);
  };
  for (const id of formulas.keys()) visit(id);
  return [...done];
}
