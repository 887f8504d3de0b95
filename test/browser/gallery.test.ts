/** Every preview of every widget in a real browser, as strict as on the hub. */
import type { Browser, Page } from "playwright-core";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentPolicy } from "../../server/http/policy.ts";
import { builtPages } from "../kit/built.ts";
import { isOfTheMachine, launchChromium } from "../kit/chromium.ts";

const root = (path: string) =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

const WIDGETS = readdirSync(root("web/widgets"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name))
  .map((entry) => entry.name);
const CASES = ["normal", "empty", "stale", "overlong", "critical"];

let browser: Browser;
let page: Page;
let server: PreviewServer;
let address = "";
const complaints: string[] = [];
const hosts = new Set<string>();

beforeAll(async () => {
  server = await preview({
    configFile: root("vite.config.ts"),
    logLevel: "error",
    build: { outDir: builtPages() },
    preview: {
      port: 0,
      host: "127.0.0.1",
      // Kept by the browser, as files of the hub are: every page loads the same ones.
      headers: {
        "content-security-policy": contentPolicy(),
        "cache-control": "max-age=3600",
      },
    },
  });
  address = server.resolvedUrls!.local[0]!;
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * Opens all cases of one widget and waits until each is drawn. Where the page
 * shows them already it is turned by its address, as its own links do: to load
 * it once more takes longer than all that is looked at.
 */
async function openWidget(widget: string, query: string) {
  complaints.length = 0;
  const path = `${address}gallery/${widget}?`;
  if (page.url().startsWith(path)) await page.evaluate(turnTo, path + query);
  else await page.goto(path + query);
  const { theme = "dark", lang = "zh" } = Object.fromEntries(
    new URLSearchParams(query),
  );
  await page.locator(`html[lang^="${lang}"]`).waitFor();
  for (const name of CASES)
    await page
      .locator(
        `[data-case="${name}"] [data-theme="${theme}"] [data-widget="${widget}"] .body > *`,
      )
      .first()
      .waitFor();
  await letters();
}

/** Runs in the page: its router follows as when somebody goes back or forth. */
function turnTo(path: string): void {
  history.pushState(history.state, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}

/** The Chinese faces come after the first picture; what is measured before stands in others. */
async function letters(): Promise<void> {
  await page.waitForFunction(() =>
    [...document.fonts].some(({ family }) => family.includes("Noto Sans SC")),
  );
  // A frame asks for those that its texts need.
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.evaluate(() => document.fonts.ready);
}

describe.each(WIDGETS)("the widget %s", (widget) => {
  it.each([
    ["dark", "zh"],
    ["light", "en"],
  ])("draws all its cases, %s, %s", async (theme, language) => {
    await openWidget(widget, `theme=${theme}&lang=${language}`);
    expect(await page.locator(".problem").allTextContents()).toEqual([]);
    const themes = await page
      .locator(".screen")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-theme")));
    expect(themes).toEqual(CASES.map(() => theme));
    expect(complaints.filter((text) => !isOfTheMachine(text))).toEqual([]);
    expect(await page.evaluate(cutOff)).toEqual([]);
    expect(await page.evaluate(shortened)).toEqual([]);
  });
});

/** Text that is wider than its box without an ellipsis, or lies outside its panel. */
const cutOff = () => {
  const found: string[] = [];
  for (const panel of document.querySelectorAll(".widget.panel")) {
    const edge = panel.getBoundingClientRect();
    for (const el of panel.querySelectorAll("*")) {
      const own = [...el.childNodes].some(
        (node) => node.nodeType === 3 && node.textContent?.trim(),
      );
      if (!own || el.closest("svg, .scroller")) continue;
      const box = el.getBoundingClientRect();
      if (box.width === 0) continue;
      if (box.right > edge.right + 1 || box.bottom > edge.bottom + 1)
        found.push(el.textContent.trim());
    }
  }
  return found;
};

/**
 * Words of ours that end in an ellipsis though nothing is overlong. A proper
 * name is as long as it is: one that may be cut has a title that says it whole.
 */
const shortened = () =>
  [...document.querySelectorAll('[data-case="normal"] .widget *')]
    .filter((el) => !el.closest(".scroller, [data-widget=camera-tile]"))
    .filter((el) =>
      [...el.childNodes].some(
        (node) => node.nodeType === 3 && node.textContent?.trim(),
      ),
    )
    .filter((el) => !el.hasAttribute("title"))
    .filter((el) => getComputedStyle(el).overflow !== "visible")
    .filter(
      (el) =>
        el.scrollWidth > el.clientWidth + 1 ||
        el.scrollHeight > el.clientHeight + 4,
    )
    .map((el) => el.textContent.trim());

describe("the gallery", () => {
  it("says in words that data is stale, and marks the panel", async () => {
    await openWidget("key-figure", "lang=zh");
    const panel = page.locator('[data-case="stale"] .widget');
    expect(await panel.getAttribute("data-fresh")).toBe("stale");
    expect(await panel.textContent()).toMatch(/过期/);
    const border = await panel.evaluate(
      (el) => getComputedStyle(el).borderStyle,
    );
    expect(border).toBe("dashed");
  });

  it("sets the heads of a table on one line", async () => {
    await openWidget("district-table", "lang=en");
    const tops = await page
      .locator('[data-case="normal"] [role="columnheader"]')
      .evaluateAll((heads) =>
        heads.map((head) => {
          const words = document.createRange();
          words.selectNode(
            document.createTreeWalker(head, NodeFilter.SHOW_TEXT).nextNode()!,
          );
          return Math.round(words.getClientRects()[0]!.top);
        }),
      );
    expect(new Set(tops).size).toBe(1);
  });

  it("keeps the last picture when the connection breaks, and says so", async () => {
    await openWidget("incident-list", "lang=zh");
    const text = await page
      .locator('[data-case="stale"] .widget')
      .textContent();
    expect(text).toContain("与中心断开");
    expect(text).toContain("主干路信号灯故障");
  });

  it("asks nobody but its own server for anything (R9)", () =>
    expect([...hosts]).toEqual([new URL(address).host]));

  it.each([1366, 1920])("never scrolls sideways, %d px wide", async (width) => {
    await page.setViewportSize({ width, height: 1080 });
    await page.goto(`${address}gallery?lang=en`);
    await page.locator("main > section").last().waitFor();
    const over = () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth;
    expect(await page.evaluate(over)).toBe(0);
    await openWidget("title-bar", "lang=en");
    expect(await page.evaluate(over)).toBe(0);
    await page.setViewportSize({ width: 1920, height: 1080 });
  });

  it.each([
    ["zh", "/gallery/nonsense", "组件库"],
    ["en", "/gallery/nonsense", "Widget gallery"],
    ["en", "/gallery/gauge/nonsense", "Widget gallery"],
  ])("leads back from a page that is not there, %s, %s", async (...there) => {
    const [language, path, words] = there;
    await page.goto(`${address}${path.slice(1)}?lang=${language}`);
    await page.getByRole("link", { name: words }).click();
    await page.locator("h1", { hasText: words }).waitFor();
  });

  it("lists all widgets and changes language and theme by its address", async () => {
    await page.goto(`${address}gallery?lang=en&theme=light&kept=1`);
    await page.locator("h1", { hasText: "Widget gallery" }).waitFor();
    expect(await page.locator("main > section > h2").count()).toBe(
      WIDGETS.length,
    );
    await page.getByLabel("Language").selectOption("zh");
    await page.locator("h1", { hasText: "组件库" }).waitFor();
    expect(page.url()).toContain("kept=1");
    expect(page.url()).toContain("theme=light");
  });
});

describe("a wall", () => {
  const widget = (id: string, type: string, x: number, options: object) => ({
    id,
    type,
    version: 1,
    place: { x, y: 40, w: 400, h: 200, z: 0, rotate: 0 },
    options,
    data: {},
  });
  const screen = {
    schemaVersion: 1,
    id: "probe",
    title: { zh: "试", en: "Probe" },
    size: { width: 1920, height: 1080 },
    theme: "dark",
    scope: null,
    widgets: [
      widget("good", "heading", 40, { text: { zh: "好", en: "Good" } }),
      widget("unknown", "no-such-widget", 480, {}),
      widget("wrong", "key-figure", 920, { indicator: 7 }),
    ],
  };

  async function openWall(query = "", status = 200) {
    await page.route("**/api/**", (route) => {
      const asked = new URL(route.request().url()).pathname;
      if (asked === "/api/screens/probe")
        return route.fulfill({
          status,
          json: status === 200 ? screen : { title: "no", status },
        });
      // A hub that knows nobody knows no session either.
      const other = status === 401 ? 401 : 404;
      return route.fulfill({
        ...{ status: other, json: { title: "no", status: other } },
      });
    });
    await page.goto(`${address}wall/probe${query}`);
  }

  it("shows a sentence where a widget is broken; the others live on", async () => {
    await openWall("?lang=en");
    await page.getByText("Good").waitFor();
    await page.getByText("There is no widget named no-such-widget").waitFor();
    await page.getByText(/Wrong widget options: indicator/).waitFor();
  });

  it("has no scroll bars, and loses its pointer when nobody moves it", async () => {
    await openWall("?scale=none");
    await page.locator(".wall").waitFor();
    const scrolls = await page.evaluate(
      () =>
        document.documentElement.scrollHeight > innerHeight ||
        document.documentElement.scrollWidth > innerWidth,
    );
    expect(scrolls).toBe(false);
    await page.mouse.move(300, 300);
    await page.locator(".wall:not(.idle)").waitFor();
    await page.locator(".wall.idle").waitFor();
  });

  it("never shows a pointer as a kiosk", async () => {
    await openWall("?kiosk");
    await page.locator(".wall.idle").waitFor();
  });

  it("changes theme and scale by keys, in the address, beside unknown parameters", async () => {
    await openWall("?future=yes");
    await page.locator(".wall").waitFor();
    await page.keyboard.press("t");
    await page.locator('.screen[data-theme="light"]').waitFor();
    await page.keyboard.press("s");
    await page.waitForURL(/scale=cover/);
    expect(page.url()).toContain("future=yes");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  it("asks for a sign-in where the hub does not know it", async () => {
    await openWall("?lang=en", 401);
    await page.getByText("Please sign in").waitFor();
  });

  it("says that there is no such screen, and no such page", async () => {
    await openWall("?lang=en", 404);
    await page.getByText("There is no screen named probe").waitFor();
    await page.goto(`${address}nowhere?lang=en`);
    await page.getByText("There is no such page").waitFor();
  });
});
