/**
 * The dispatch desk (F22): ten thousand open incidents in one queue, scrolled
 * by a script, while fifty a second change. Judged by the main thread's
 * milliseconds a frame and its long tasks; frames per second mean something on
 * a GPU alone (decisions A3).
 */
import type { CDPSession, Page } from "playwright-core";
import { launchChromium } from "../test/kit/chromium.ts";
import { PLACES, type CityPlan } from "../test/kit/city.ts";
import { openDesk } from "../test/kit/desk.ts";
import { startHub, type Hub } from "../test/kit/hub.ts";
import { report, seconds, small } from "./measure.ts";

const INCIDENTS = 10_000;
const CHANGES = 50;
const MEASURED = small ? 5 : 20;
/** Px that a frame scrolls: a row and a half. */
const STEP = 96;
const FEED = "hotline";
const CITY: CityPlan = {
  feeds: [
    { id: FEED, format: "incidents/1", quota: { perSecond: 1e5, burst: 1e5 } },
  ],
};

const KINDS = ["路面积水", "井盖缺失", "路灯不亮", "占道经营", "施工噪声扰民"];
const begun = Date.now();

/** Reported over the last day; `time` counts how often it was told. */
const incident = (no: number, time = 0) => ({
  externalId: `desk-${no}`,
  source: ["hotline12345", "videoAi", "gridReport", "iotAlarm"][no % 4]!,
  title: `${KINDS[no % KINDS.length]!} ${no}${time > 0 ? ` (${time})` : ""}`,
  address: `澜江大道 ${no} 号`,
  reportedAt: begun - (no % 1440) * 60_000,
  lng: (no % 2 ? PLACES.east : PLACES.west).lng,
  lat: PLACES.east.lat,
  ...(no % 3 !== 0 && { level: 3 + (no % 2) }),
});

async function tell(hub: Hub, items: unknown[]): Promise<void> {
  const reply = await hub.post(FEED, items);
  if (!reply.ok) throw new Error(await reply.text());
  await reply.body?.cancel();
}

/** Changes incidents one by one, so many a second, until it is stopped. */
function keepChanging(hub: Hub): () => Promise<number> {
  let [told, isOn] = [0, true];
  const first = performance.now();
  const lane = async () => {
    while (isOn) {
      const due = ((performance.now() - first) / 1000) * CHANGES;
      if (told < due)
        await tell(hub, [incident((told * 37) % INCIDENTS, ++told)]);
      else await seconds(1 / CHANGES);
    }
  };
  const lanes = [lane(), lane()];
  return async () => {
    isOn = false;
    await Promise.all(lanes);
    return told / ((performance.now() - first) / 1000);
  };
}

/** Of what passes in the page for so many seconds: scrolled down and up again, or left alone. */
async function watch(
  page: Page,
  session: CDPSession,
  scrolls: boolean,
): Promise<{ perFrame: number; fps: number; long: number[] }> {
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")!.value * 1000;
  };
  const before = await busy();
  // No named function inside: tsx would wrap it in a helper that the page lacks.
  const seen = await page.evaluate(
    async ({ forMs, step }) => {
      const list = document.querySelector("[role=listbox]")!;
      const long: number[] = [];
      const observer = new PerformanceObserver((entries) => {
        for (const { duration } of entries.getEntries()) long.push(duration);
      });
      observer.observe({ type: "longtask" });
      const begun = performance.now();
      let [frames, way] = [0, step];
      for (;;) {
        await new Promise((next) => requestAnimationFrame(next));
        const ms = performance.now() - begun;
        if (ms > forMs) {
          observer.disconnect();
          return { frames, ms, long };
        }
        frames++;
        if (step === 0) continue;
        const end = list.scrollHeight - list.clientHeight;
        if (list.scrollTop >= end - 1) way = -step;
        if (list.scrollTop <= 0) way = step;
        list.scrollTop += way;
      }
    },
    { forMs: MEASURED * 1000, step: scrolls ? STEP : 0 },
  );
  const spent = (await busy()) - before;
  const { frames, ms, long } = seen;
  return { perFrame: spent / frames, fps: (frames / ms) * 1000, long };
}

const hub = await startHub({ city: CITY });
const browser = await launchChromium({ card: true });
for (let from = 0; from < INCIDENTS; from += 500)
  await tell(
    hub,
    Array.from({ length: 500 }, (_, i) => incident(from + i)),
  );

const opening = performance.now();
const desk = await openDesk(browser, hub, {
  by: await hub.signIn("shiftLeader"),
  path: "/desk?lang=zh",
});
const { page } = desk;
await page.setViewportSize({ width: 1920, height: 1080 });
await page.getByText(`${INCIDENTS} 件在办`).waitFor();
report(
  "desk",
  "from navigation to 10000 rows",
  performance.now() - opening,
  "ms",
);
const session = await page.context().newCDPSession(page);
// Its own work, not what others on this machine keep it waiting.
await session.send("Performance.enable", { timeDomain: "threadTicks" });
// The map comes to rest, and the first picture is behind.
await seconds(small ? 5 : 10);

async function measure(what: string, scrolls: boolean): Promise<void> {
  const { perFrame, fps, long } = await watch(page, session, scrolls);
  report("desk", `${what}: main thread a frame`, perFrame, "ms");
  report("desk", `${what}: main thread`, (perFrame * fps) / 10, "%");
  report("desk", `${what}: long tasks`, long.length, "");
  if (long.length > 0)
    report("desk", `${what}: longest task`, Math.max(...long), "ms");
  report("desk", `${what}: frames`, fps, "fps");
}

await measure("scrolling", true);
const stop = keepChanging(hub);
await measure("changes alone", false);
await measure("scrolling with changes", true);
report("desk", "changes told", await stop(), "/s");

const typing = performance.now();
await page.keyboard.press("/");
await page.keyboard.type("积水 99");
await page.getByText(/ \/ 10000 件/).waitFor();
report(
  "desk",
  "a search typed, to its count",
  performance.now() - typing,
  "ms",
);

await browser.close();
await hub.stop();
