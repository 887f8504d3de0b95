import { parseInstant } from "../../contract/time.ts";
import type { Element } from "./xml.ts";

/** What is wrong with an XML message, first things first. */
export class Complaints {
  readonly found: { path: string; message: string }[] = [];

  say(path: string, message: string): void {
    this.found.push({ path, message });
  }

  /** Text of a child that must be there and say something. */
  need(parent: Element, name: string): string {
    const text = parent.child(name)?.text ?? "";
    if (text === "") this.say(`${parent.path}/${name}`, "is required");
    return text;
  }

  oneOf<T extends string>(parent: Element, name: string, options: T[]): T {
    const text = this.need(parent, name);
    if (text !== "" && !options.includes(text as T))
      this.say(
        `${parent.path}/${name}`,
        `expected one of ${options.join(", ")}, found ${clip(text)}`,
      );
    return text as T;
  }

  /** Epoch ms of a time with offset; null where the element is absent. */
  time(parent: Element, name: string): number | null {
    const element = parent.child(name);
    if (!element) return null;
    const at = parseInstant(element.text);
    if (Number.isNaN(at))
      this.say(
        element.path,
        `expected a date and time with an offset, found ${clip(element.text)}`,
      );
    return at;
  }
}

/** The beginning of what a sender wrote, in quotes. */
export const clip = (text: string) => JSON.stringify(text.slice(0, 60));
