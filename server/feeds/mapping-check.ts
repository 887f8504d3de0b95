/**
 * What a mapping may say. Mappings are JSONata (jsonata.org) written by an
 * admin; this list keeps out what can hang or swell, before it is saved. What
 * still gets through is stopped by the process they run in (mapping.ts).
 */
import jsonata from "jsonata";

/** Built-in functions a mapping may call, and ours (mapping-functions.ts). */
const ALLOWED: ReadonlySet<string> = new Set(
  `sum count max min average string substring substringBefore substringAfter
   lowercase uppercase length trim contains split join replace number floor ceil
   round abs sqrt power formatNumber formatBase formatInteger parseInteger
   boolean not map filter single reduce sift keys lookup append exists spread
   merge reverse each error assert type sort distinct zip toMillis fromMillis
   instant value`.split(/\s+/),
);

/** Node kinds of the parsed text that are allowed: data in, data out. */
const KINDS: ReadonlySet<string> = new Set(
  `path name variable string number value unary binary function partial lambda
   condition block bind apply filter index sort wildcard parent
   operator`.split(/\s+/),
);

type Node = Record<string, unknown>;

/** Why a mapping cannot be used, as a sentence; null where it can. */
export function checkMapping(text: string): string | null {
  let ast: unknown;
  try {
    ast = jsonata(text).ast();
  } catch (error) {
    const { message, position } = error as {
      message: string;
      position?: number;
    };
    return `${message}${position === undefined ? "" : ` (character ${position})`}`;
  }
  const bound = boundNames(ast);
  for (const node of nodesOf(ast)) {
    const problem = problemOf(node, bound);
    if (problem) return problem;
  }
  return null;
}

/**
 * True where the mapping says one thing of each row, `$.{…}` or `$.(…)`, and
 * never looks at the others: then rows are mapped one by one, and a bad one
 * sinks no other.
 */
export function isRowWise(text: string): boolean {
  const ast = jsonata(text).ast() as unknown as Node;
  if (ast.type !== "path" || ast.group !== undefined) return false;
  const steps = ast.steps as Node[];
  const [first, ...rest] = steps;
  return (
    first?.type === "variable" &&
    first.value === "" &&
    rest.length > 0 &&
    steps.every(
      (s) =>
        s.type !== "sort" &&
        s.stages === undefined &&
        s.predicate === undefined &&
        s.focus === undefined &&
        s.index === undefined &&
        s.group === undefined,
    ) &&
    !nodesOf(ast).some(
      (n) => n.type === "parent" || (n.type === "variable" && n.value === "$"),
    )
  );
}

function problemOf(node: Node, bound: ReadonlySet<string>): string | null {
  const { type, value } = node;
  const where =
    typeof node.position === "number" ? ` (character ${node.position})` : "";
  if (type === "regex" || type === "regexp")
    return `regular expressions are not allowed in a mapping${where}`;
  if (typeof type !== "string" || !KINDS.has(type))
    return `${String(type)} is not allowed in a mapping${where}`;
  if (type !== "variable" || value === "" || value === "$") return null;
  const name = String(value);
  return ALLOWED.has(name) || bound.has(name)
    ? null
    : `$${name} is not known or not allowed in a mapping${where}`;
}

/** Names the text itself gives a value: never those of a refused built-in. */
function boundNames(ast: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodesOf(ast)) {
    if (node.type === "bind") names.add(String((node.lhs as Node).value));
    if (node.type === "lambda")
      for (const argument of node.arguments as Node[])
        names.add(String(argument.value));
    if (typeof node.focus === "string") names.add(node.focus);
    if (typeof node.index === "string") names.add(node.index);
  }
  for (const name of REFUSED) names.delete(name);
  return names;
}

/** Built-ins that compile text, swell it, or give another answer each time. */
const REFUSED = [
  "eval",
  "pad",
  "match",
  "clone",
  "random",
  "shuffle",
  "now",
  "millis",
  "base64encode",
  "base64decode",
  "encodeUrl",
  "encodeUrlComponent",
  "decodeUrl",
  "decodeUrlComponent",
];

/** Every node of a parsed text. */
function nodesOf(root: unknown): Node[] {
  const nodes: Node[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const held = open.pop();
    if (typeof held !== "object" || held === null) continue;
    if (!Array.isArray(held) && "type" in held) nodes.push(held);
    open.push(...Object.values(held as Node));
  }
  return nodes;
}
