/** A desk: a browser of its own in which somebody of the hub's staff is at work. */
import type { Browser, Locator, Page } from "playwright-core";
import { violationsOn } from "./axe.ts";
import { isOfTheMachine } from "./chromium.ts";
import type { Hub } from "./hub.ts";

export interface Desk {
  page: Page;
  /** Everything the page complained about on its console. */
  complaints: string[];
  button(name: string | RegExp): Locator;
  /** The dialog on top. */
  dialog(): Locator;
  /** What bars somebody's way, by axe. */
  violations(): Promise<string[]>;
  /** To a section of the administration by its navigation. */
  turnTo(section: string): Promise<void>;
  /** Chooses from a menu of acts. */
  act(menu: string, act: string): Promise<void>;
  /** Chooses options of a field; one that is chosen already is taken back. */
  choose(label: string, ...options: string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param by cookie header of a session; null = nobody is signed in
 * @param path with its query
 */
export async function openDesk(
  browser: Browser,
  hub: Pick<Hub, "url">,
  { by, path }: { by: string | null; path: string },
): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  if (by !== null) {
    const [name, value] = by.split("=", 2);
    const cookie = { name: name!, value: value!, url: hub.url };
    await context.addCookies([cookie]);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    if (!isOfTheMachine(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const button = (name: string | RegExp) =>
    page.getByRole("button", { name, exact: true });
  await page.goto(hub.url + path);

  return {
    ...{ page, complaints, button },
    dialog: () => page.getByRole("dialog").last(),
    async violations() {
      await page.evaluate(settled);
      return violationsOn(page);
    },
    async turnTo(section) {
      const link = page.locator(`nav a[href*="/admin/${section}"]`);
      await link.click();
      await page
        .locator(`nav a[href*="/admin/${section}"][aria-current]`)
        .waitFor();
      await page.getByRole("heading", { level: 1 }).waitFor();
    },
    async act(menu, act) {
      await button(menu).click();
      await page.getByRole("menuitem", { name: act, exact: true }).click();
    },
    async choose(label, ...options) {
      await page.getByRole("combobox", { name: label, exact: true }).focus();
      await page.keyboard.press("Enter");
      for (const name of options)
        await page.getByRole("option", { name, exact: true }).click();
      // A field of several stays open.
      await page.keyboard.press("Tab");
    },
    close: () => context.close(),
  };
}

/** Runs in the page: what fades is judged when it has; an inherited colour fades level by level. */
async function settled(): Promise<void> {
  const running = () =>
    document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
  for (let those = running(); those.length > 0; those = running())
    await Promise.allSettled(those.map(({ finished }) => finished));
}
