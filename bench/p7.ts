/**
 * P7: first load of a wall, cold: bytes before the first widget and of the
 * overview, the first live number against an empty Vue page, ten thousand
 * cameras on the map, and what a hundred widgets at a hundred values a second
 * cost the main thread.
 */
import type { Browser, Page } from "playwright-core";
import { gzipSync } from "node:zlib";
import { launchChromium } from "../test/kit/chromium.ts";
import { keyOf } from "../test/kit/city.ts";
import { startHub, type Hub } from "../test/kit/hub.ts";
import { startProgram } from "../test/kit/program.ts";
import { openWall } from "../test/kit/wall.ts";
import { BENCH_CITY, FEED, registerCameras, REPORTED } from "./city.ts";
import { serveEmptyVue } from "./floor/empty-vue/serve.ts";
import { mapAtRest, noteDraws } from "./load/map.ts";
import type { Teller } from "./load/teller.ts";
import { figures, mainThread, mixed } from "./load/wall.ts";
import { percentile, report, seconds, small } from "./measure.ts";

const LOADS = small ? 3 : 9;
const MEASURED = small ? 8 : 30;
const CAMERAS = 10_000;
const MAPS = small ? 1 : 5;
const CODE = /javascript|css/;
const FONT = /font/;
/** Bytes; compressing less than a packet saves nothing. */
const PACKET = 1_400;

interface Weight {
  /** Bytes of JavaScript and CSS, gzipped. */
  code: number;
  fonts: number;
  /** Addresses of code of more than a packet that came without content-encoding. */
  bare: string[];
}

/** Weighs everything a page loads until `ready`. */
async function weigh(page: Page, ready: () => Promise<void>): Promise<Weight> {
  const weight: Weight = { code: 0, fonts: 0, bare: [] };
  const weighing: Promise<void>[] = [];
  let counting = true;
  page.on("response", (response) => {
    if (!counting) return;
    const headers = response.headers();
    const type = headers["content-type"] ?? "";
    const [code, font] = [CODE.test(type), FONT.test(type)];
    // A camera's stream has no end to wait for.
    if (!code && !font) return;
    const add = async () => {
      const body = await response.body().catch(() => Buffer.alloc(0));
      if (font) weight.fonts += body.length;
      else {
        weight.code += gzipSync(body, { level: 9 }).length;
        if (!headers["content-encoding"] && body.length > PACKET)
          weight.bare.push(response.url());
      }
    };
    weighing.push(add());
  });
  await ready();
  counting = false;
  await Promise.all(weighing);
  return weight;
}

const DIGITS = ".key-figure .digits";

/** Loads the page in a fresh context; ms from navigation to the first digit in `selector`. */
async function firstNumber(
  browser: Browser,
  open: (page: Page) => Promise<void>,
  selector: string,
): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  // No named function inside: tsx would wrap it in a helper that the page lacks.
  await page.addInitScript((selector) => {
    const watch = new MutationObserver(() => {
      if (!/\d/.test(document.querySelector(selector)?.textContent ?? ""))
        return;
      watch.disconnect();
      Object.assign(globalThis, { firstNumber: performance.now() });
    });
    watch.observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  }, selector);
  await open(page);
  const at = await page.waitForFunction(
    () => (globalThis as unknown as { firstNumber?: number }).firstNumber,
  );
  const ms = (await at.jsonValue())!;
  await context.close();
  return ms;
}

async function loading(browser: Browser, hub: Hub): Promise<void> {
  const empty = await serveEmptyVue();
  const widgets = figures(REPORTED.slice(0, 1));
  const ours: number[] = [];
  const floor: number[] = [];
  // In turn, so that a busy minute of the machine meets both.
  for (let i = 0; i < LOADS; i++) {
    floor.push(
      await firstNumber(
        browser,
        async (page) => void (await page.goto(empty.url)),
        "#number",
      ),
    );
    ours.push(
      await firstNumber(
        browser,
        (page) => openWall(page, hub, { widgets }).then(() => undefined),
        DIGITS,
      ),
    );
  }
  await empty.close();
  const [number, vue] = [percentile(ours, 50), percentile(floor, 50)];
  report("p7", "first live number, cold", number, "ms", vue);
  report("p7", "allowed: 1.5 × the empty page + 300", 1.5 * vue + 300, "ms");
}

async function weights(browser: Browser, hub: Hub): Promise<void> {
  const weighWall = async (
    what: Parameters<typeof openWall>[2],
    ready: (page: Page) => Promise<unknown>,
  ) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const weight = await weigh(page, async () => {
      await openWall(page, hub, what);
      await ready(page);
    });
    await context.close();
    return weight;
  };
  const first = await weighWall(
    { widgets: figures(REPORTED.slice(0, 1)) },
    (page) => page.locator(DIGITS).waitFor(),
  );
  const overview = await weighWall({ screen: "city-overview" }, (page) =>
    page.waitForLoadState("networkidle"),
  );
  report("p7", "code before the first widget", first.code / 1024, "KB gzip");
  report("p7", "code of the overview", overview.code / 1024, "KB gzip");
  report("p7", "fonts of the overview", overview.fonts / 1024, "KB");
  const bare = [...first.bare, ...overview.bare];
  for (const url of bare) console.log(`uncompressed: ${url}`);
  report("p7", "served uncompressed", bare.length, "files");
}

/** A map of nothing but cameras, from navigation to its last draw. */
async function cameraMap(browser: Browser, hub: Hub): Promise<void> {
  await registerCameras(hub, CAMERAS);
  const took: number[] = [];
  const widgets = [
    { type: "situation-map", version: 1, options: { layers: ["cameras"] } },
  ];
  for (let i = 0; i < MAPS; i++) {
    const context = await browser.newContext({
      viewport: { width: 1920, height: 1080 },
    });
    const page = await context.newPage();
    await noteDraws(page);
    await openWall(page, hub, { widgets });
    took.push(await mapAtRest(page, CAMERAS.toLocaleString("en")));
    await context.close();
  }
  report("p7", `${CAMERAS} cameras on the map`, percentile(took, 50), "ms");
}

const hub = await startHub({ city: BENCH_CITY });
const browser = await launchChromium({ card: true });
const teller = startProgram<Teller>(
  new URL("./load/teller.ts", import.meta.url),
);
await teller.call("start", {
  ...{ url: `${hub.url}/ingest/v1/${FEED.reports}`, rate: 100 },
  ...{ key: keyOf(FEED.reports), indicators: REPORTED },
});
await loading(browser, hub);
await weights(browser, hub);
await cameraMap(browser, hub);

const wall = await openWall(browser, hub, { widgets: mixed(REPORTED) });
await wall.page.locator(DIGITS).first().waitFor();
await seconds(5);
const { busy, heap } = await mainThread(wall.page, MEASURED);
report("p7", "100 widgets at 100/s, main thread", busy * 100, "%");
report("p7", "100 widgets at 100/s, heap", heap / 1e6, "MB");

await teller.stop();
await browser.close();
await hub.stop();
