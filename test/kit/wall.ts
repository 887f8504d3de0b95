/** A wall in a real browser, showing widgets of a test's choice. */
import type { Browser, Page } from "playwright-core";
import type { Hub } from "./hub.ts";

export interface Placed {
  type: string;
  version: number;
  options: Record<string, unknown>;
}

export interface Wall {
  page: Page;
  /** Everything the page complained about on its console. */
  complaints: string[];
  /** Hosts that the page asked for anything. */
  hosts: Set<string>;
  close(): Promise<void>;
}

/** Signs in and opens `/wall/…`, in a context of its own or on the page that is given. */
export async function openWall(
  where: Browser | Page,
  hub: Hub,
  what: { screen: string } | { widgets: Placed[] },
): Promise<Wall> {
  const [name, value] = (await hub.signIn()).split("=", 2);
  const page =
    "goto" in where
      ? where
      : await where.newPage({ viewport: { width: 1920, height: 1080 } });
  const context = page.context();
  await context.addCookies([{ name: name!, value: value!, url: hub.url }]);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  const id = "screen" in what ? what.screen : "probe";
  if ("widgets" in what)
    await page.addInitScript(probe, screenOf(what.widgets));
  await page.goto(`${hub.url}/wall/${id}`);
  return { page, complaints, hosts, close: () => context.close() };
}

/**
 * Runs in the page: the answer for the screen `probe` is exchanged. A route of
 * the browser's own would slow down every request of the page.
 */
function probe(screen: object): void {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) =>
    typeof input === "string" && input.endsWith("/api/screens/probe")
      ? real("/api/screens/city-overview", init).then(() =>
          Response.json(screen),
        )
      : real(input, init);
}

/** Widgets side by side on a grid of square cells. */
function screenOf(widgets: Placed[]) {
  const columns = Math.ceil(Math.sqrt(widgets.length));
  const rows = Math.ceil(widgets.length / columns);
  const w = Math.floor(1920 / columns);
  const h = Math.floor(1080 / rows);
  return {
    schemaVersion: 1,
    id: "probe",
    title: { zh: "试屏", en: "Probe" },
    size: { width: 1920, height: 1080 },
    theme: "dark",
    scope: null,
    widgets: widgets.map((widget, i) => ({
      ...widget,
      id: `w${i}`,
      place: {
        x: (i % columns) * w,
        y: Math.floor(i / columns) * h,
        ...{ w, h, z: 0, rotate: 0 },
      },
      data: {},
    })),
  };
}
