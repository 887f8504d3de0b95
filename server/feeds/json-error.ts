/**
 * Where and why a text is not JSON (RFC 8259). The engine's own message names
 * no path, and a department engineer needs one: `/3/value: expected a value,
 * found NaN`. Cold: runs only on a text that JSON.parse has refused.
 */
import { pointer } from "./format.ts";

export interface JsonError {
  path: string;
  message: string;
}

class NotJson extends Error {}

/** Deeper texts are refused before; this only bounds the recursion on broken ones. */
const MAX_DEPTH = 100;

export function locate(text: string): JsonError {
  const path: (string | number)[] = [];
  let at = 0;

  function fail(expected: string): never {
    throw new NotJson(
      `expected ${expected}, found ${found()} at character ${at + 1}`,
    );
  }
  function found(): string {
    if (at >= text.length) return "the end";
    const word = match(/[\w.+-]+/y);
    return word === "" ? JSON.stringify(text[at]) : word.slice(0, 24);
  }
  function match(pattern: RegExp): string {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? "";
  }
  function skip(pattern: RegExp): boolean {
    const { length } = match(pattern);
    at += length;
    return length > 0;
  }
  const space = () => skip(/[ \t\r\n]+/y);

  function value(): void {
    space();
    if (path.length > MAX_DEPTH) fail("a value less deep");
    if (text[at] === "{") members("}", member);
    else if (text[at] === "[") members("]", value);
    else if (text[at] === '"') string();
    else if (
      !skip(/-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?(?![\w.+-])/y) &&
      !skip(/(true|false|null)(?!\w)/y)
    )
      fail("a value");
  }
  function members(end: "}" | "]", read: () => void): void {
    at++;
    space();
    if (text[at] === end) return void at++;
    for (let n = 0; ; n++) {
      if (end === "]") path.push(n);
      read();
      path.pop();
      space();
      if (text[at] === end) return void at++;
      if (text[at] !== ",") fail(`, or ${end}`);
      at++;
    }
  }
  /** A key, which names the path from here on, and its value. */
  function member(): void {
    space();
    if (text[at] !== '"') fail("a key in double quotes");
    const start = at;
    string();
    path.push(JSON.parse(text.slice(start, at)) as string);
    space();
    if (text[at] !== ":") fail(":");
    at++;
    value();
  }
  function string(): void {
    at++;
    const inside =
      /(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))+/y;
    skip(inside);
    if (text[at] === "\\") fail("an escape that JSON knows");
    if (text[at] !== '"') fail('a closing "');
    at++;
  }

  try {
    value();
    space();
    if (at < text.length) fail("nothing more");
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { path: pointer(path), message: error.message };
  }
  return { path: "", message: "the text is not JSON" };
}
