/** When a map has drawn all that it was told. */
import type { Page } from "playwright-core";

/** A map that has drawn nothing for so long is at rest, ms. */
const REST = 700;

/** Before the page is opened: notes the moment of every draw. */
export const noteDraws = (page: Page) =>
  page.addInitScript(() => {
    const pen = WebGL2RenderingContext.prototype;
    const real = pen.drawElements;
    pen.drawElements = function (...args) {
      Object.assign(globalThis, { lastDraw: performance.now() });
      real.apply(this, args);
    };
  });

/** ms from navigation to the last draw before the map, whose legend says `count`, came to rest. */
export async function mapAtRest(page: Page, count: string): Promise<number> {
  const at = await page.waitForFunction(
    ({ count, rest }) => {
      const { lastDraw } = globalThis as unknown as { lastDraw?: number };
      const map = document.querySelector(".situation-map");
      return (
        lastDraw !== undefined &&
        performance.now() - lastDraw > rest &&
        map?.querySelector('[data-drawn="true"]') &&
        map.textContent.includes(count) &&
        lastDraw
      );
    },
    { count, rest: REST },
  );
  return (await at.jsonValue()) as number;
}
