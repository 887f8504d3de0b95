/**
 * XML bytes → elements, for formats that are XML. Resolves nothing: a document
 * type is refused before parsing, and only the five entities and character
 * references of XML itself are read.
 */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Unparseable } from "./format.ts";

/** Real messages stay far below; the parser needs a second for a megabyte of tags. */
const LARGEST = 1024 * 1024;
const MOST_TAGS = 20_000;

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
  const text = decode(body);
  refuseDanger(text);
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

/** The text without what stands between the marks; one walk, whatever is unclosed. */
function without(text: string, open: string, close: string): string {
  let kept = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf(open, from);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) return kept + text.slice(from);
    kept += text.slice(from, start);
    from = end + close.length;
  }
}

/** What must not reach the parser: size, document types, entities of the sender's making. */
function refuseDanger(text: string): void {
  if (text.length > LARGEST)
    throw new Unparseable("", "the XML is longer than a million characters");
  let tags = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1))
    if (++tags > MOST_TAGS)
      throw new Unparseable("", `the XML has more than ${MOST_TAGS} tags`);
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new Unparseable(
      "",
      "the XML has a document type: none is read, and nothing it names is fetched",
    );
  const plain = without(without(text, "<!--", "-->"), "<![CDATA[", "]]>");
  const unknown =
    /&(?!(?:amp|lt|gt|apos|quot|#\d{1,7}|#x[\da-fA-F]{1,6});)[^;<\s]{0,20};?/.exec(
      plain,
    );
  if (unknown)
    throw new Unparseable("", `not XML: ${unknown[0]} is no entity of XML`);
}

/** Text of the bytes, by byte order mark, else by the declared encoding, else UTF-8. */
function decode(body: Uint8Array): string {
  const head = Buffer.from(body.subarray(0, 200)).toString("latin1");
  const declared =
    /^[^<]{0,4}<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head);
  const encoding =
    body[0] === 0xff && body[1] === 0xfe
      ? "utf-16le"
      : body[0] === 0xfe && body[1] === 0xff
        ? "utf-16be"
        : (declared?.[1] ?? "utf-8");
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch (error) {
    // A label it does not know is a RangeError, bytes that do not fit a TypeError.
    throw new Unparseable(
      "",
      error instanceof RangeError
        ? `the encoding ${encoding} is not known`
        : `the bytes are not ${encoding}`,
    );
  }
}
