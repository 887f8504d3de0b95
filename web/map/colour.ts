import type { Rgba } from "./arrows.ts";

/**
 * A `#rgb` or `#rrggbb` token as parts 0 … 1.
 * @throws Error naming a colour that is written otherwise: WebGL has no CSS parser.
 */
export function readColour(text: string, alpha: number): Rgba {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  const parts =
    long?.slice(1) ?? short?.slice(1).map((digit) => digit + digit) ?? null;
  if (!parts) throw new Error(`the colour ${text} is not #rrggbb`);
  const [r, g, b] = parts.map((part) => parseInt(part, 16) / 255);
  return [r!, g!, b!, alpha];
}
