import { chromium, type Browser } from "playwright-core";
import { findServer } from "./servers.ts";

/**
 * What a page is put together without. A window that nobody sees still draws the
 * two pages under its address line, anew for every context: they cost as much as
 * the page itself. A list given here replaces Playwright's own, said again first.
 */
const SWITCHED_OFF = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"],
  ...["HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay"],
  ...["MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"],
  ...["NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"],
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"],
  // Nor is a second process kept ready for every context.
  "SpareRendererForSitePerProcess",
];

/**
 * The machine's Chromium without a window; WebGL is drawn in software, so frames
 * per second mean nothing here. Pages are put together without it: to imitate a
 * graphics card for every frame of every page costs more than all else they do.
 * @param like.card imitates it all the same, with the Chromium that people have: what is measured stays like what was measured before
 */
export function launchChromium(like = { card: false }): Promise<Browser> {
  return chromium.launch({
    executablePath: findServer(like.card ? "chromium" : "headless"),
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      `--disable-features=${SWITCHED_OFF.join()}`,
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      ...(like.card ? [] : ["--disable-gpu-compositing"]),
    ],
  });
}

/** Whether Chromium says it of its own drawing in software: no fault of the page. */
export const isOfTheMachine = (text: string): boolean =>
  /^\[\.WebGL-\w+\]GL Driver Message/.test(text);
