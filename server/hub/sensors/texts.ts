import { grown } from "./columns.ts";

/**
 * An append-only run of texts as bytes, outside the garbage collector's view.
 * Each UTF-16 unit is written by itself (1 to 3 bytes), so that even a lone
 * surrogate comes back as it was.
 */
export class Texts {
  #bytes = new Uint8Array(16 * 1024);
  #end = 0;

  /** Where the next text will start; with the value before, the bounds of one text. */
  get end(): number {
    return this.#end;
  }

  /** @returns the new `end`. */
  append(text: string): number {
    const most = this.#end + 3 * text.length;
    if (most > this.#bytes.length) this.#bytes = grown(this.#bytes, most);
    const bytes = this.#bytes;
    let at = this.#end;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) bytes[at++] = unit;
      else if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else {
        bytes[at++] = 0xe0 | (unit >> 12);
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[at++] = 0x80 | (unit & 0x3f);
      }
    }
    return (this.#end = at);
  }

  read(start: number, end: number): string {
    const bytes = this.#bytes;
    let text = "";
    for (let i = start; i < end;) {
      const lead = bytes[i++]!;
      let unit = lead;
      if (lead >= 0xe0)
        unit =
          ((lead & 0x0f) << 12) |
          ((bytes[i++]! & 0x3f) << 6) |
          (bytes[i++]! & 0x3f);
      else if (lead >= 0x80) unit = ((lead & 0x1f) << 6) | (bytes[i++]! & 0x3f);
      text += String.fromCharCode(unit);
    }
    return text;
  }

  /** Is the text in [start, end) this one? Allocates nothing. */
  is(text: string, start: number, end: number): boolean {
    const bytes = this.#bytes;
    let at = start;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) {
        if (bytes[at++] !== unit) return false;
      } else if (unit < 0x800) {
        if (bytes[at++] !== (0xc0 | (unit >> 6))) return false;
        if (bytes[at++] !== (0x80 | (unit & 0x3f))) return false;
      } else {
        if (bytes[at++] !== (0xe0 | (unit >> 12))) return false;
        if (bytes[at++] !== (0x80 | ((unit >> 6) & 0x3f))) return false;
        if (bytes[at++] !== (0x80 | (unit & 0x3f))) return false;
      }
    }
    return at === end;
  }
}
