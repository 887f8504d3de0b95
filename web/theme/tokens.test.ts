import { describe, expect, it } from "vitest";
import { readFile } from "node:fs/promises";

const css = await readFile(new URL("./tokens.css", import.meta.url), "utf8");

type Rgb = [number, number, number];
const rgb = (hex: string): Rgb =>
  [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)) as Rgb;

/** `--name` → `#rrggbb` of one rule. */
function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const rule = css.slice(start, css.indexOf("\n}", start));
  return new Map(
    [...rule.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map(
      ([, name, hex]) => [name!, hex!],
    ),
  );
}

const linear = (channel: number) => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
/** Relative luminance, WCAG 2. */
const luminance = (colour: Rgb) => {
  const [r, g, b] = colour.map(linear) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(rgb(a)), luminance(rgb(b))].sort(
    (x, y) => y - x,
  ) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** What a deuteranope sees (Viénot, Brettel, Mollon 1999), linear RGB. */
function deuteranope(hex: string): Rgb {
  const [r, g, b] = rgb(hex).map(linear) as Rgb;
  const mix = 0.29275 * r + 0.70725 * g;
  return [mix, mix, -0.02234 * r + 0.02234 * g + b];
}
/** CIELAB (D65) of linear RGB. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * Math.max(0, b)) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
/** Colour difference ΔE as a deuteranope sees it; 10 is plain, 25 is another colour. */
function apart(a: string, b: string): number {
  const [p, q] = [lab(deuteranope(a)), lab(deuteranope(b))];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describe.each([
  ["dark", '[data-theme="dark"]'],
  ["light", '[data-theme="light"]'],
])("the %s theme", (_, selector) => {
  const tokens = tokensOf(selector);
  const panel = tokens.get("panel-solid")!;
  const ground = tokens.get("ground")!;
  const of = (prefix: string, suffix = "") =>
    [...tokens].filter(([n]) => n.startsWith(prefix) && n.endsWith(suffix));

  it("can be read: text has a contrast of 4.5 on panel and ground", () => {
    const texts = [
      ...of("text"),
      ...of("level-", "-text"),
      ["accent", tokens.get("accent")!] as const,
    ];
    expect(texts.length).toBeGreaterThan(9);
    for (const [name, colour] of texts)
      for (const below of [panel, ground])
        expect(contrast(colour, below), name).toBeGreaterThanOrEqual(4.5);
  });

  it("has eight series colours with a contrast of 3 on the panel", () => {
    const series = of("series-");
    expect(series).toHaveLength(8);
    for (const [name, colour] of series)
      expect(contrast(colour, panel), name).toBeGreaterThanOrEqual(3);
  });

  it("keeps the series apart for a colour-blind person", () => {
    const series = of("series-").map(([, colour]) => colour);
    for (const [i, a] of series.entries())
      for (const b of series.slice(i + 1))
        expect(apart(a, b), `${a} ${b}`).toBeGreaterThan(25);
  });
});

it("writes legible ink on every air-quality colour", () => {
  const tokens = tokensOf(":root");
  const all = new Map(
    [...css.matchAll(/--(aqi-\d(?:-ink)?):\s*(#[0-9a-f]{6})/gi)].map(
      ([, name, hex]) => [name!, hex!],
    ),
  );
  expect(tokens.size).toBeGreaterThan(0);
  for (let n = 1; n <= 6; n++)
    expect(
      contrast(all.get(`aqi-${n}`)!, all.get(`aqi-${n}-ink`)!),
      `aqi-${n}`,
    ).toBeGreaterThanOrEqual(4.5);
});
