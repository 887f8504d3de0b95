/** XML bytes → text that is safe to parse. */
import { Unparseable } from "./format.ts";

/** Real messages stay far below; the parser needs a second for a megabyte of tags. */
const LARGEST = 1024 * 1024;
const MOST_TAGS = 20_000;

/** XML 1.0 §2.2: everything but this is a character. */
export const NO_CHARACTER =
  /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Text of the bytes, without entities but XML's own and references to no character but U+FFFF.
 * @throws Unparseable
 */
export function xmlText(body: Uint8Array): string {
  const text = decode(body);
  refuseDanger(text);
  return outside(text, "<![CDATA[", "]]>", marked);
}

/** The parser leaves out, or leaves as it is, a reference to no character: here it becomes U+FFFF, which is none. */
function marked(text: string): string {
  return text.replace(
    /&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi,
    (reference, hex?: string, decimal?: string) => {
      const code = hex ? parseInt(hex, 16) : Number(decimal);
      const isCharacter =
        code <= 0x10ffff && !NO_CHARACTER.test(String.fromCodePoint(code));
      return isCharacter ? reference : "\uFFFF";
    },
  );
}

/** The text, changed outside what stands between the marks; one walk, whatever is unclosed. */
function outside(
  text: string,
  open: string,
  close: string,
  change: (part: string) => string,
  keep: (part: string) => string = (part) => part,
): string {
  let made = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf(open, from);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) return made + change(text.slice(from));
    const next = end + close.length;
    made += change(text.slice(from, start)) + keep(text.slice(start, next));
    from = next;
  }
}

/** The text without what stands between the marks. */
const without = (text: string, open: string, close: string) =>
  outside(
    text,
    open,
    close,
    (part) => part,
    () => "",
  );

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
