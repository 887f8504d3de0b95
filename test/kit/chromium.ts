import { chromium, type Browser } from "playwright-core";
import { findServer } from "./servers.ts";

/** The machine's Chromium without a window; WebGL is drawn in software, so frames per second mean nothing here. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findServer("chromium"),
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
    ],
  });
}
