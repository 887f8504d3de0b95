/** What a widget's `schema.ts` declares: one object for drawing, palette, form, gallery and tests. */
import { z } from "zod";
import type { Words } from "../i18n/index.ts";

export const FRAMES = [
  "tick",
  "corner",
  "bracket",
  "notch",
  "rail",
  "bar",
  "plain",
  "none",
] as const;
export type FrameName = (typeof FRAMES)[number];

const Text = z.object({ zh: z.string(), en: z.string() });

/** Options that every panel has; spread them into a widget's own. */
export const panelOptions = {
  /** Panel title; the widget names itself where there is none. */
  title: Text.optional(),
  frame: z.enum(FRAMES).default("tick"),
};

export { Text };

export interface Widget<O extends z.ZodType = z.ZodType> {
  /** Equals the folder's name; stands in screen documents. */
  type: string;
  /** Version of `options`; grows with every change that old documents need lifting for. */
  version: number;
  title: Words;
  /** Path data of a 24 × 24 icon for palette and gallery. */
  icon: string;
  /** Size that suits it on a 1080-high canvas, px. */
  size: { width: number; height: number };
  /** `panel`: WidgetFrame draws frame, title and freshness. `bare`: the widget fills its place. */
  chrome: "panel" | "bare";
  options: O;
  /** `upgrades[n]` takes options of version n to n + 1. */
  upgrades: Record<
    number,
    (old: Record<string, unknown>) => Record<string, unknown>
  >;
}

export type OptionsOf<W> = W extends Widget<infer O> ? z.output<O> : never;
export type OptionsIn<W> = W extends Widget<infer O> ? z.input<O> : never;

export function defineWidget<O extends z.ZodType>(
  widget: Omit<Widget<O>, "upgrades" | "chrome"> &
    Partial<Pick<Widget, "upgrades" | "chrome">>,
): Widget<O> {
  return { upgrades: {}, chrome: "panel", ...widget };
}

/**
 * A placed widget's options, lifted to the present version and checked.
 * @throws ZodError with the path of what is wrong; Error for a version from the future.
 */
export function readOptions<W extends Widget>(
  widget: W,
  placed: { version: number; options: Record<string, unknown> },
): OptionsOf<W> {
  if (placed.version > widget.version)
    throw new Error(
      `${widget.type}: version ${placed.version} is newer than ${widget.version}`,
    );
  let options = placed.options;
  for (let v = placed.version; v < widget.version; v++) {
    const lift = widget.upgrades[v];
    if (!lift) throw new Error(`${widget.type}: no upgrade from version ${v}`);
    options = lift(options);
  }
  return widget.options.parse(options) as OptionsOf<W>;
}
