/** A wall of bench widgets in a real browser, and what its main thread does. */
import type { Page } from "playwright-core";
import type { Placed } from "../../test/kit/wall.ts";
import { seconds } from "../measure.ts";

/** One widget of each kind that shows an indicator, in turn. */
const KINDS: ((indicator: string) => Omit<Placed, "version">)[] = [
  (indicator) => ({ type: "key-figure", options: { indicator } }),
  (indicator) => ({ type: "flip-number", options: { of: { indicator } } }),
  (indicator) => ({ type: "gauge", options: { indicator } }),
  (indicator) => ({ type: "level-bar", options: { bars: [{ indicator }] } }),
  (indicator) => ({ type: "ring", options: { rings: [{ indicator }] } }),
  (indicator) => ({ type: "trend", options: { indicators: [indicator] } }),
];

export const mixed = (indicators: string[]): Placed[] =>
  indicators.map((indicator, i) => ({
    ...KINDS[i % KINDS.length]!(indicator),
    version: 1,
  }));

export const figures = (indicators: string[]): Placed[] =>
  indicators.map((indicator) => ({ ...KINDS[0]!(indicator), version: 1 }));

/** Share of `forSeconds` that the page's main thread works, and its heap after. */
export async function mainThread(
  page: Page,
  forSeconds: number,
): Promise<{ busy: number; heap: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (name: string) =>
      metrics.find((metric) => metric.name === name)!.value;
    return { at: of("Timestamp"), busy: of("TaskDuration") };
  };
  const before = await read();
  await seconds(forSeconds);
  const after = await read();
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return {
    busy: (after.busy - before.busy) / (after.at - before.at),
    heap: usedSize,
  };
}

/** Records [epoch ms, text] of every change of the figures' digits from now on. */
export async function watchFigures(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: [number, string][] = [];
    Object.assign(globalThis, { seenFigures: seen });
    for (const figure of document.querySelectorAll(".key-figure .digits"))
      new MutationObserver(() =>
        seen.push([
          performance.timeOrigin + performance.now(),
          figure.textContent ?? "",
        ]),
      ).observe(figure, {
        subtree: true,
        childList: true,
        characterData: true,
      });
  });
}

export const seenFigures = (page: Page): Promise<[number, string][]> =>
  page.evaluate(
    () =>
      (globalThis as unknown as { seenFigures: [number, string][] })
        .seenFigures,
  );
