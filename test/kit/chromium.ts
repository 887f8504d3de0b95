import { chromium, type Browser } from "playwright-core";
import { findServer } from "./servers.ts";

/**
 * The machine's Chromium without a window; WebGL is drawn in software, so frames
 * per second mean nothing here. Pages are put together without it: to imitate a
 * graphics card for every frame of every page costs more than all else they do.
 * @param like.card imitates it all the same: what is measured stays like what was measured before
 */
export function launchChromium(like = { card: false }): Promise<Browser> {
  return chromium.launch({
    executablePath: findServer("chromium"),
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      ...(like.card ? [] : ["--disable-gpu-compositing"]),
    ],
  });
}

/** Whether Chromium says it of its own drawing in software: no fault of the page. */
export const isOfTheMachine = (text: string): boolean =>
  /^\[\.WebGL-\w+\]GL Driver Message/.test(text);
