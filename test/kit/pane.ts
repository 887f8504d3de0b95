/** The incident pane on a page of its own, served beside a real hub so that its cookie and doors are the hub's. */
import vue from "@vitejs/plugin-vue";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { contentPolicy } from "../../server/http/policy.ts";
import { makeFolder } from "./folder.ts";
import type { Hub } from "./hub.ts";

const PATH = "/pane/";
const TYPES: Record<string, string> = {
  ...{ html: "text/html", js: "text/javascript", css: "text/css" },
};

export interface PanePages {
  /** @param by cookie header of whoever sits there */
  open(by: string, query: Record<string, string>): Promise<Page>;
  close(): Promise<void>;
}

export async function buildPane(
  browser: Browser,
  hub: Pick<Hub, "url">,
): Promise<PanePages> {
  const folder = makeFolder("pane");
  await build({
    configFile: false,
    root: fileURLToPath(new URL("../browser/incident-pane", import.meta.url)),
    base: PATH,
    plugins: [vue()],
    logLevel: "error",
    build: { outDir: folder.path, target: "es2023", assetsInlineLimit: 0 },
  });
  return {
    async open(by, query) {
      const context = await browser.newContext({
        viewport: { width: 760, height: 1000 },
        reducedMotion: "reduce",
      });
      const [name, value] = by.split("=", 2);
      await context.addCookies([{ name: name!, value: value!, url: hub.url }]);
      await context.route(`${hub.url}${PATH}**`, (route) => {
        const { pathname } = new URL(route.request().url());
        const file = pathname.slice(PATH.length) || "index.html";
        const type = TYPES[file.split(".").at(-1)!];
        return route.fulfill({
          body: readFileSync(join(folder.path, file)),
          headers: {
            ...(type && { "content-type": type }),
            "content-security-policy": contentPolicy(),
          },
        });
      });
      const page = await context.newPage();
      await page.goto(
        `${hub.url}${PATH}?${new URLSearchParams(query).toString()}`,
      );
      return page;
    },
    close: () => folder.remove(),
  };
}
