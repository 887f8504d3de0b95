import vue from "@vitejs/plugin-vue";
import type { Browser, Page } from "playwright-core";
import { fileURLToPath } from "node:url";
import { build, preview, type PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentPolicy } from "../../server/http/policy.ts";
import { isOfTheMachine, launchChromium } from "../kit/chromium.ts";
import { makeFolder } from "../kit/folder.ts";

/** What the page offers to its test; see map/page.js. */
declare const city: {
  sent: { data: number; states: number };
  theme: { value: string };
  present: { value: boolean };
  tell(topic: string, items: unknown[]): Promise<void>;
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const folder = makeFolder("map");
let browser: Browser;
let server: PreviewServer;
let address = "";

beforeAll(async () => {
  const config = {
    configFile: false as const,
    root: here("map"),
    publicDir: here("../../public"),
    plugins: [vue()],
    logLevel: "error" as const,
    build: { outDir: folder.path, target: "es2023", assetsInlineLimit: 0 },
  };
  await build(config);
  server = await preview({
    ...config,
    preview: {
      port: 0,
      host: "127.0.0.1",
      headers: { "content-security-policy": contentPolicy() },
    },
  });
  address = server.resolvedUrls!.local[0]!;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await folder.remove();
});

interface Shown {
  widget: string;
  case: string;
  options?: object;
  streams?: object[];
}

/** Opens one widget; `asked` collects every address the page asks for. */
async function show(
  { widget, case: name, options, streams }: Shown,
  prepare: (page: Page) => Promise<unknown> = async () => {},
) {
  const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  const asked: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  await prepare(page);
  const query = new URLSearchParams({ widget, case: name });
  if (options) query.set("options", JSON.stringify(options));
  if (streams) query.set("streams", JSON.stringify(streams));
  await page.goto(`${address}?${query}`);
  return { page, asked, errors };
}

const drawn = (page: Page) =>
  page.waitForSelector('.city-map[data-drawn="true"]', { timeout: 60_000 });

const canvas = (page: Page) => page.locator(".ground canvas").screenshot();

/** Waits until nothing on the map changes any more, and gives that picture. */
async function settled(page: Page): Promise<Buffer> {
  await drawn(page);
  let before = await canvas(page);
  await expect
    .poll(
      async () => {
        const now = await canvas(page);
        const same = now.equals(before);
        before = now;
        return same;
      },
      { timeout: 60_000, interval: 300 },
    )
    .toBe(true);
  return before;
}

/** How many colours the map shows; the page itself counts them. */
async function colours(page: Page): Promise<number> {
  const picture = await canvas(page);
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d")!;
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, picture.toString("base64"));
}

describe("the situation map", () => {
  it("draws the city without asking anyone outside for anything", async () => {
    const { page, asked, errors } = await show({
      widget: "situation-map",
      case: "critical",
    });
    await drawn(page);
    await expect
      .poll(() => colours(page), { timeout: 30_000 })
      .toBeGreaterThan(200);
    const outside = asked.filter(
      (url) => !/^(data|blob):/.test(url) && !url.startsWith(address),
    );
    expect(outside).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("says what lies on it, and shows the worst incident's card", async () => {
    const { page } = await show({ widget: "situation-map", case: "critical" });
    await drawn(page);
    const legend = page.locator(".legend");
    await expect.poll(() => legend.innerText()).toContain("402");
    expect(await legend.innerText()).toContain("1,200");
    const card = page.locator(".incident-card");
    await card.waitFor();
    expect(await card.innerText()).toContain("下穿立交积水 42 cm");
    expect(await page.locator(".halo").count()).toBe(2);
    await page.close();
  });

  it("tells a sensor's new state without sending a place again", async () => {
    const { page } = await show({ widget: "situation-map", case: "normal" });
    await settled(page);
    const before = await page.evaluate(async () => {
      // The source of alarmed shapes has its first item, so that only states remain.
      const at = { state: "red", freshness: "live" };
      await city.tell("sensorStates", [{ id: 1, ...at }]);
      return { ...city.sent };
    });
    const after = await page.evaluate(async () => {
      const old = { state: "normal", freshness: "lost" };
      await city.tell(
        "sensorStates",
        Array.from({ length: 300 }, (_, i) => ({ id: i + 100, ...old })),
      );
      return { ...city.sent };
    });
    expect(after.data).toBe(before.data);
    expect(after.states - before.states).toBeGreaterThan(250);
    await page.close();
  });

  it("moves objects without touching a source", async () => {
    const { page } = await show({ widget: "situation-map", case: "normal" });
    const still = await settled(page);
    const [before, after] = await page.evaluate(async () => {
      const start = city.sent.data;
      for (let step = 0; step < 5; step++)
        await city.tell(
          "positions",
          Array.from({ length: 500 }, (_, i) => ({
            id: `fleet/${i}`,
            kind: "bus",
            lng: 118.5 + i / 5_000 + step / 1_000,
            lat: 31.9,
            heading: 90,
            speed: 30,
            at: step,
            alarms: [],
          })),
        );
      return [start, city.sent.data];
    });
    expect(after).toBe(before);
    await expect
      .poll(async () => (await canvas(page)).equals(still), { timeout: 30_000 })
      .toBe(false);
    await page.close();
  });

  it("changes theme without sending a place again", async () => {
    const { page } = await show({ widget: "situation-map", case: "normal" });
    const dark = await settled(page);
    const before = await page.evaluate(() => {
      city.theme.value = "light";
      return city.sent.data;
    });
    await expect
      .poll(async () => (await canvas(page)).equals(dark), { timeout: 30_000 })
      .toBe(false);
    expect(await page.evaluate(() => city.sent.data)).toBe(before);
    await page.close();
  });

  it("comes back by itself when the graphics card was reset", async () => {
    const { page } = await show({ widget: "situation-map", case: "normal" });
    await drawn(page);
    await page.evaluate(() => {
      const canvas =
        document.querySelector<HTMLCanvasElement>(".ground canvas")!;
      canvas.dataset["first"] = "yes";
      canvas
        .getContext("webgl2")!
        .getExtension("WEBGL_lose_context")!
        .loseContext();
    });
    await page.waitForSelector(".ground canvas:not([data-first])", {
      timeout: 60_000,
    });
    await expect
      .poll(() => colours(page), { timeout: 60_000 })
      .toBeGreaterThan(100);
    // The new card draws its first tiles before all of them are there.
    await page
      .locator(".city-map .problem")
      .waitFor({ state: "detached", timeout: 60_000 });
    await page.close();
  });

  it("leaves no canvas and no GPU context behind when its scene goes", async () => {
    const warnings: string[] = [];
    const { page } = await show(
      { widget: "situation-map", case: "empty" },
      (page) => {
        page.on("console", (m) => warnings.push(m.text()));
        // A small one is a card's context as well, and drawn sooner.
        return page.setViewportSize({ width: 300, height: 200 });
      },
    );
    await drawn(page);
    // A browser keeps 16 contexts; one left behind each time would show.
    for (let scene = 0; scene < 18; scene++) {
      await page.evaluate(() => void (city.present.value = false));
      await page.waitForFunction(() => !document.querySelector("canvas"));
      await page.evaluate(() => void (city.present.value = true));
      await page.waitForSelector(".ground canvas");
    }
    await drawn(page);
    expect(await page.locator("canvas").count()).toBe(1);
    const ofContexts = warnings.filter(
      (text) => /WebGL|context/i.test(text) && !isOfTheMachine(text),
    );
    expect(ofContexts).toEqual([]);
    await page.close();
  });

  it("says in a sentence that this browser cannot draw it", async () => {
    const { page } = await show(
      { widget: "situation-map", case: "normal" },
      (page) =>
        page.addInitScript(() => {
          const real = HTMLCanvasElement.prototype.getContext;
          HTMLCanvasElement.prototype.getContext = function (
            this: HTMLCanvasElement,
            ...given: Parameters<typeof real>
          ) {
            return given[0] === "webgl2" ? null : real.apply(this, given);
          } as typeof real;
        }),
    );
    const sentence = page.locator(".city-map .problem");
    await sentence.waitFor();
    expect(await sentence.innerText()).toContain("WebGL2");
    await page.close();
  });
});

const clip = (id: string, kind: string, url: string) => ({
  ...{ id, online: true },
  ...{ kind, url },
});

/** How far the only video of a camera's pane has played, s. */
const played = (page: Page, camera: string) =>
  page
    .locator(`[data-camera="${camera}"] video`)
    .evaluate((video: HTMLVideoElement) => video.currentTime);

describe("the camera tile", () => {
  it("plays MP4 and HLS: their pictures move on", async () => {
    const { page, errors } = await show({
      widget: "camera-tile",
      case: "normal",
      options: { grid: 4 },
      streams: [
        clip("mp4", "mp4", "/clip/sample.mp4"),
        clip("hls", "hls", "/clip/sample.m3u8"),
      ],
    });
    for (const camera of ["mp4", "hls"])
      await expect
        .poll(() => played(page, camera), { timeout: 30_000 })
        .toBeGreaterThan(0.5);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("plays HLS by itself where the browser does not know it", async () => {
    const { page } = await show(
      {
        widget: "camera-tile",
        case: "normal",
        streams: [clip("hls", "hls", "/clip/sample.m3u8")],
      },
      (page) =>
        page.addInitScript(() => {
          HTMLMediaElement.prototype.canPlayType = () => "";
        }),
    );
    await expect
      .poll(() => played(page, "hls"), { timeout: 30_000 })
      .toBeGreaterThan(0.5);
    const src = await page.locator("video").getAttribute("src");
    expect(src).toMatch(/^blob:/);
    await page.close();
  });

  it("says which camera is offline, and opens no stream of it", async () => {
    const { page, asked } = await show({
      widget: "camera-tile",
      case: "normal",
      streams: [{ ...clip("gate", "mp4", "/clip/none.mp4"), online: false }],
    });
    const pane = page.locator('[data-camera-state="offline"]');
    await pane.waitFor();
    expect(await pane.innerText()).toContain("摄像机离线");
    expect(await page.locator("video").count()).toBe(0);
    expect(
      asked.filter((url) => new URL(url).pathname.includes("none")),
    ).toEqual([]);
    await page.close();
  });

  it("says in words that a camera is not shared with its viewer", async () => {
    const { page } = await show({
      widget: "camera-tile",
      case: "normal",
      streams: [{ ...clip("gate", "mp4", "/clip/none.mp4"), denied: 404 }],
    });
    const pane = page.locator('.pane[data-phase="notShared"]');
    await pane.waitFor();
    expect(await pane.innerText()).toContain("未向您共享");
    await page.close();
  });

  it("follows a camera that goes offline while it is watched", async () => {
    const { page } = await show({
      widget: "camera-tile",
      case: "normal",
      streams: [clip("gate", "mp4", "/clip/sample.mp4")],
    });
    await page.waitForSelector('[data-camera-state="live"]');
    await page.evaluate(() =>
      city.tell("cameraStates", [{ id: "gate", online: false, at: 0 }]),
    );
    await page.waitForSelector('[data-camera-state="offline"]');
    expect(await page.locator("video").count()).toBe(0);
    await page.close();
  });

  it("tries again, and plays when the stream is there", async () => {
    let refused = 0;
    const { page } = await show(
      {
        widget: "camera-tile",
        case: "normal",
        streams: [clip("gate", "mp4", "/clip/sample.mp4")],
      },
      (page) =>
        page.route("**/clip/sample.mp4", (route) =>
          refused++ < 1 ? route.fulfill({ status: 404 }) : route.continue(),
        ),
    );
    await page.waitForSelector('.pane[data-phase="waiting"]');
    expect(await page.locator(".pane").innerText()).toContain("重试");
    await expect
      .poll(() => played(page, "gate"), { timeout: 30_000 })
      .toBeGreaterThan(0.5);
    await page.close();
  });
});
