/**
 * XML bytes → elements, for formats that are XML. Resolves nothing: a document
 * type is refused before parsing, and only the five entities and character
 * references of XML itself are read.
 */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Unparseable } from "./format.ts";
import { NO_CHARACTER, xmlText } from "./xml-text.ts";

/** An element with its text and children; names are local, in the root's namespace. */
export class Element {
  readonly #node: unknown;
  readonly #prefix: string;
  /** Like `/alert/info[1]/severity`; repeatable children are counted from 1. */
  readonly path: string;

  constructor(node: unknown, prefix: string, path: string) {
    this.#node = node;
    this.#prefix = prefix;
    this.path = path;
  }

  /** The element's own text, trimmed. */
  get text(): string {
    const node = this.#node;
    if (typeof node === "string") return node.trim();
    const text = (node as Record<string, unknown>)["#text"];
    return typeof text === "string" ? text.trim() : "";
  }

  /** The first child of that name. */
  child(name: string): Element | null {
    const [node] = this.#nodes(name);
    return node === undefined
      ? null
      : new Element(node, this.#prefix, `${this.path}/${name}`);
  }

  /** All children of that name. */
  children(name: string): Element[] {
    return this.#nodes(name).map(
      (node, i) =>
        new Element(node, this.#prefix, `${this.path}/${name}[${i + 1}]`),
    );
  }

  /** The first text in it, by path, with what is no character of XML 1.0. */
  flaw(): { path: string; message: string } | null {
    const path = flawIn(this.#node, this.path);
    return path === null
      ? null
      : { path, message: "holds what is no character of XML" };
  }

  #nodes(name: string): unknown[] {
    const node = this.#node;
    if (typeof node !== "object" || node === null) return [];
    const key = this.#prefix + name;
    return Object.hasOwn(node, key)
      ? ((node as Record<string, unknown[]>)[key] ?? [])
      : [];
  }
}

/**
 * The root element, which must be `name` in one of the namespaces.
 * @throws Unparseable
 */
export function readXml(
  body: Uint8Array,
  name: string,
  namespaces: readonly string[],
): Element {
  const text = xmlText(body);
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { msg, line } = valid.err;
    throw new Unparseable("", `not XML: line ${line}: ${msg.slice(0, 200)}`);
  }
  const tree = parse(text);
  const [[tag, roots] = ["", []], ...others] = Object.entries(tree);
  const [root] = roots;
  if (others.length > 0 || roots.length !== 1)
    throw new Unparseable("", "not XML: there must be one root element");
  const prefix = tag.includes(":") ? tag.slice(0, tag.indexOf(":") + 1) : "";
  const declared = `@xmlns${prefix && `:${prefix.slice(0, -1)}`}`;
  const namespace = (root as Record<string, unknown>)[declared];
  if (
    tag.slice(prefix.length) !== name ||
    !namespaces.includes(String(namespace))
  )
    throw new Unparseable(
      `/${tag}`,
      `expected <${name}> in the namespace ${namespaces.join(" or ")}`,
    );
  return new Element(root, prefix, `/${name}`);
}

function parse(text: string): Record<string, unknown[]> {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    parseTagValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    // Reads numeric references, which the parser otherwise leaves as they are.
    htmlEntities: true,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  });
  try {
    return parser.parse(text) as Record<string, unknown[]>;
  } catch (error) {
    throw new Unparseable("", `not XML: ${(error as Error).message}`);
  }
}

/** Path of the first text that holds no character; names with their prefixes, counted where there are several. */
function flawIn(node: unknown, path: string): string | null {
  if (typeof node === "string") return NO_CHARACTER.test(node) ? path : null;
  for (const [key, held] of Object.entries(node as object)) {
    const at = key === "#text" ? path : `${path}/${key}`;
    const nodes: unknown[] = Array.isArray(held) ? held : [held];
    for (const [i, one] of nodes.entries()) {
      const found = flawIn(one, nodes.length > 1 ? `${at}[${i + 1}]` : at);
      if (found !== null) return found;
    }
  }
  return null;
}
