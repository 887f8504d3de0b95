/** The theme's tokens as a canvas needs them: resolved colours. */
import { Level } from "../../contract/level.ts";

export interface Palette {
  text: string;
  second: string;
  line: string;
  ground: string;
  accent: string;
  stale: string;
  level: Record<Level | "normal", string>;
  series: string[];
  /** Opacity of threshold bands. */
  band: number;
}

/** Reads the tokens in force at an element. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const level = Object.fromEntries(
    [...Level.options, "normal" as const].map((name) => [
      name,
      token(`--level-${name}`),
    ]),
  ) as Palette["level"];
  return {
    text: token("--text"),
    second: token("--text-2"),
    line: token("--line"),
    ground: token("--panel-solid"),
    accent: token("--accent"),
    stale: token("--level-stale"),
    level,
    series: Array.from({ length: 8 }, (_, i) => token(`--series-${i + 1}`)),
    band: Number(token("--band")) || 0.14,
  };
}
