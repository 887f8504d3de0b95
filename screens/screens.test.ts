import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readScreen, type Screen } from "../contract/screen.ts";
import { readOptions } from "../web/widgets/define.ts";
import { widgets } from "../web/widgets/all.ts";

const folder = new URL(".", import.meta.url);
const documents = new Map<string, unknown>();
for (const file of await readdir(folder))
  if (file.endsWith(".json"))
    documents.set(
      file.replace(/\.json$/, ""),
      JSON.parse(await readFile(new URL(file, folder), "utf8")),
    );

/** Left edges and right edges of the 24 columns (visual.md), px. */
function columns({ width }: Screen["size"]) {
  const margin = width / 48;
  const gutter = width / 80;
  const column = (width - 2 * margin - 23 * gutter) / 24;
  const left = (n: number) => margin + n * (column + gutter);
  return Array.from({ length: 24 }, (_, n) => [left(n), left(n) + column]);
}
const near = (edges: number[], at: number) =>
  edges.some((edge) => Math.abs(edge - at) <= 1);

describe.each([...documents])("the screen %s", (name, document) => {
  const screen = readScreen(document);

  it("bears its file's name", () => expect(screen.id).toBe(name));

  it("speaks both languages", () => {
    expect(screen.title.zh).not.toBe("");
    expect(screen.title.en).not.toBe("");
  });

  it("uses widgets that exist, with options they understand", () => {
    for (const placed of screen.widgets) {
      const widget = widgets.get(placed.type);
      expect(widget, placed.type).toBeDefined();
      expect(() => readOptions(widget!, placed), placed.id).not.toThrow();
    }
  });

  it("needs only indicators that it shows", () => {
    const shown = JSON.stringify(screen.widgets);
    for (const id of screen.needs) expect(shown).toContain(`"${id}"`);
  });

  it("names every widget once and keeps it on the canvas", () => {
    const ids = screen.widgets.map((placed) => placed.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, place } of screen.widgets) {
      expect(place.x >= 0 && place.y >= 0, id).toBe(true);
      expect(place.x + place.w, id).toBeLessThanOrEqual(screen.size.width);
      expect(place.y + place.h, id).toBeLessThanOrEqual(screen.size.height);
    }
  });
});

describe.each(["city-overview", "city-overview-wall", "lifeline-environment"])(
  "the layout of %s",
  (name) => {
    const screen = readScreen(documents.get(name));
    const { width, height } = screen.size;
    const isPanel = ({ type }: { type: string }) =>
      widgets.get(type)?.chrome === "panel";
    const panels = screen.widgets.filter(isPanel);

    it("puts panels on the grid of 24 columns", () => {
      const edges = columns(screen.size);
      for (const { id, place } of panels) {
        expect(
          near(
            edges.map(([l]) => l!),
            place.x,
          ),
          id,
        ).toBe(true);
        expect(
          near(
            edges.map(([, r]) => r!),
            place.x + place.w,
          ),
          id,
        ).toBe(true);
      }
    });

    it("has at most nine panels, none over another", () => {
      expect(panels.length).toBeLessThanOrEqual(9);
      for (const a of panels)
        for (const b of panels)
          if (a.id < b.id) {
            const apart =
              a.place.x + a.place.w <= b.place.x ||
              b.place.x + b.place.w <= a.place.x ||
              a.place.y + a.place.h <= b.place.y ||
              b.place.y + b.place.h <= a.place.y;
            expect(apart, `${a.id} and ${b.id}`).toBe(true);
          }
    });

    it("leaves at least 45 % of the wall to the map", () => {
      const inner = {
        left: Math.max(
          ...panels
            .filter((p) => p.place.x < width / 2)
            .map((p) => p.place.x + p.place.w),
        ),
        right: Math.min(
          ...panels.filter((p) => p.place.x > width / 2).map((p) => p.place.x),
        ),
        top: Math.min(...panels.map((p) => p.place.y)),
        bottom: height,
      };
      const clear = (inner.right - inner.left) * (inner.bottom - inner.top);
      expect(clear / (width * height)).toBeGreaterThanOrEqual(0.44);
      const map = screen.widgets.find((p) => p.type === "situation-map")!.place;
      expect((map.w * map.h) / (width * height)).toBeGreaterThanOrEqual(0.45);
    });
  },
);
