import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createLanguages, LANGUAGES } from "../i18n/index.ts";
import { provideReport } from "../live/report.ts";
import { liveKey } from "../live/source.ts";
import { CASES, type Preview, type PreviewCase } from "../preview/define.ts";
import { previewSource } from "../preview/source.ts";
import { widgets } from "./all.ts";
import { defineWidget, readOptions, type Widget } from "./define.ts";
import { findWidget } from "./find.ts";

const previews = import.meta.glob<Preview>("./[a-z]*/preview.ts", {
  eager: true,
  import: "default",
});
const previewOf = (type: string) => previews[`./${type}/preview.ts`]!;

/** The widget as plain HTML, without a browser: everything it says before it is drawn. */
async function told(
  widget: Widget,
  preview: PreviewCase,
  language: "zh" | "en",
): Promise<string> {
  const options = readOptions(widget, {
    version: widget.version,
    options: preview.options as Record<string, unknown>,
  });
  const { component } = await findWidget(widget.type)!();
  const source = previewSource(preview);
  const problems: unknown[] = [];
  let title = "";
  const render = () => {
    const app = createSSRApp({
      setup() {
        provideReport((report) => (title = report?.title ?? ""));
        return () => h(component, { options });
      },
    });
    app.config.errorHandler = (error) => problems.push(error);
    app.config.warnHandler = (text) => problems.push(text);
    app.use(createLanguages(language)).provide(liveKey, source);
    return renderToString(app);
  };
  // The first time the city and its catalogue are asked for, the second time they are there.
  await render();
  const html = await render();
  expect(problems).toEqual([]);
  return title + html;
}

it("has at least eighteen widgets", () =>
  expect(widgets.size).toBeGreaterThanOrEqual(18));

describe.each([...widgets.values()])("the widget $type", (widget) => {
  it("is complete: named in both languages, drawn, shown in five cases", () => {
    expect(widget.title.zh).not.toBe("");
    expect(widget.title.en).not.toBe("");
    expect(widget.icon).toMatch(/^M/);
    expect(Object.keys(previewOf(widget.type) ?? {}).sort()).toEqual(
      [...CASES].sort(),
    );
  });

  it("refuses options that it does not know", () => {
    const options = {
      ...(previewOf(widget.type).normal.options as object),
      noSuchOption: 1,
    };
    expect(() => readOptions(widget, { version: 1, options })).toThrow(
      /noSuchOption/,
    );
  });

  // The map and the player need a real browser; their own tests use one.
  it.skipIf(["situation-map", "camera-tile"].includes(widget.type))(
    "draws every case in both languages, and no alarm looks like a calm day",
    async () => {
      for (const language of LANGUAGES) {
        const drawn = new Map<string, string>();
        for (const name of CASES)
          drawn.set(
            name,
            await told(widget, previewOf(widget.type)[name], language),
          );
        expect(drawn.get("critical")).not.toBe(drawn.get("normal"));
        expect(drawn.get("empty")).not.toBe(drawn.get("normal"));
      }
    },
  );

  it.skipIf(["situation-map", "camera-tile"].includes(widget.type))(
    "speaks the reader's language",
    async () => {
      const [zh, en] = [
        await told(widget, previewOf(widget.type).normal, "zh"),
        await told(widget, previewOf(widget.type).normal, "en"),
      ];
      expect(zh).not.toBe(en);
    },
  );
});

it.each([
  ["key-figure", { indicator: "no.such" }],
  ["gauge", { indicator: "no.such" }],
  ["trend", { indicators: ["no.such"] }],
  ["indicator-grid", { groups: [{ indicators: ["no.such"] }] }],
  ["district-table", { columns: [{ indicator: "no.such" }] }],
  ["rank-bars", { of: { indicator: "no.such" } }],
])(
  "says in plain words that the hub does not know an indicator: %s",
  async (type, options) => {
    for (const [language, words] of [
      ["zh", "目录中没有此指标"],
      ["en", "Not in the catalogue"],
    ] as const) {
      const html = await told(widgets.get(type)!, { options }, language);
      expect(html).toContain(words);
      expect(html).not.toContain("no.such");
    }
  },
);

describe("saved options", () => {
  const widget = defineWidget({
    type: "probe",
    version: 3,
    title: { zh: "试", en: "Probe" },
    icon: "M0 0",
    size: { width: 1, height: 1 },
    options: z.strictObject({ indicators: z.array(z.string()) }),
    upgrades: {
      1: ({ sign }) => ({ signs: [sign] }),
      2: ({ signs }) => ({ indicators: signs }),
    },
  });

  it("of an old version are lifted, step by step", () =>
    expect(
      readOptions(widget, { version: 1, options: { sign: "eco.aqi" } }),
    ).toEqual({ indicators: ["eco.aqi"] }));

  it("of a version from the future are refused", () =>
    expect(() => readOptions(widget, { version: 4, options: {} })).toThrow(
      "probe: version 4 is newer than 3",
    ));

  it("that no upgrade reaches are refused", () =>
    expect(() => readOptions(widget, { version: 0, options: {} })).toThrow(
      "no upgrade from version 0",
    ));
});
