/** Every section of the administration, over a city with something in it: no obstacle to anybody, whatever the language, the theme, the keyboard. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../../contract/data-scope.ts";
import { FLOW_CITY, reading } from "../../flow/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { openDesk, type Desk } from "../../kit/desk.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { accountOf, newPerson, pairWall } from "../../kit/staff.ts";

/** Whose desk shows which of them best: nobody has all. */
const SECTIONS = {
  sysAdmin: [
    ...["accounts", "policy", "sessions", "departments", "devices", "feeds"],
    ...["webhooks", "limits", "calendar", "algorithms"],
  ],
  secAdmin: ["rights", "roles"],
  auditAdmin: ["audit"],
};
type Role = keyof typeof SECTIONS;

let browser: Browser;
let hub: Hub;
let desk: Desk;

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
});
afterEach(() => desk.close());
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

async function enter(role: Role, query = "lang=en&theme=light") {
  const path = `/admin/${SECTIONS[role][0]}?${query}`;
  desk = await openDesk(browser, hub, { by: await hub.signIn(role), path });
}
/** Until the section has been told what it shows. */
async function turnTo(section: string): Promise<void> {
  await desk.turnTo(section);
  await desk.page.waitForLoadState("networkidle");
}

/** Departments, people, a wall, a reading, and two changes that wait. */
async function settle(): Promise<void> {
  const here = { departments: ["ECO"], districts: ["999001"] };
  await newPerson(hub, "zhou.min", ["deptHandler"], here);
  await newPerson(hub, "he.jun", ["leader"], WHOLE_CITY);
  await pairWall(hub, { scope: here });
  const { id: account } = await accountOf(hub, "zhou.min");
  const change = { kind: "access", account, roles: ["leader"], scope: here };
  for (const role of ["sysAdmin", "secAdmin"])
    await hub.ask("/api/rights/changes", {
      ...{ method: "POST", cookie: await hub.signIn(role) },
      body: JSON.stringify({ change, reason: "stands in for a colleague" }),
    });
  await hub.post("air", [reading("S-1", Date.now(), 1)]);
}

it("says so where there is nothing yet, or nothing that was sought", async () => {
  const said = (text: string) => desk.page.getByText(text).waitFor();
  await enter("sysAdmin");
  await turnTo("rights");
  await said("No change waits for a decision");
  await said("No change has been decided");
  await turnTo("devices");
  await said("No wall is paired yet");
  for (const [section, label, text] of [
    ["accounts", "Find by login, name or staff number", "No account matches"],
    ["sessions", "Find by name or address", "No session matches"],
    ["feeds", "Find by name or id", "No feed matches"],
  ] as const) {
    await turnTo(section);
    await desk.page.getByLabel(label).fill("nothing of that name");
    await said(text);
    expect(await desk.violations()).toEqual([]);
  }
});

describe("over a city with something in it", () => {
  beforeAll(settle);

  /** Both themes by the page's own switches, then the other language, and both again. */
  const TURNS = [null, "深色", "English", "Light"];

  it.each(Object.keys(SECTIONS) as Role[])(
    "every section at the desk of %s is open to anybody, in both languages and themes",
    async (role) => {
      await enter(role, "lang=zh&theme=light");
      const found: string[] = [];
      for (const id of SECTIONS[role]) {
        await turnTo(id);
        for (const turn of TURNS) {
          if (turn !== null)
            await desk.page.getByRole("link", { name: turn }).click();
          for (const one of await desk.violations())
            found.push(`${id}, ${turn ?? "浅色"}: ${one}`);
        }
        await desk.page.getByRole("link", { name: "中文" }).click();
      }
      expect(found).toEqual([]);
      expect(desk.complaints).toEqual([]);
    },
  );
});

/** A hub does not fail on demand: its doors are held shut before it. */
it.each([
  ["zh", "未能载入：the store is away"],
  ["en", "Could not load: the store is away"],
])("says so where a section could not ask, in %s", async (language, said) => {
  for (const role of Object.keys(SECTIONS) as Role[]) {
    await desk.close();
    await enter(role, `lang=${language}&theme=dark`);
    await desk.page.route(/\/api\/(?!session$)/, (route) =>
      route.fulfill({
        status: 500,
        json: {
          title: "Internal error",
          status: 500,
          detail: "the store is away",
        },
      }),
    );
    await desk.page.reload();
    for (const id of SECTIONS[role]) {
      await desk.turnTo(id);
      await desk.page.locator("main").getByText(said).first().waitFor();
    }
    expect(await desk.violations()).toEqual([]);
  }
});

describe("by the keyboard", () => {
  /** What the focus is on, by its name. */
  const focused = () =>
    desk.page.evaluate(() => {
      const at = document.activeElement!;
      return (
        at.getAttribute("aria-label") ??
        (at as HTMLElement).innerText.trim().split("\n")[0]!
      );
    });
  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) await desk.page.keyboard.press(key);
  }

  it("leads through the page in the order in which it is read", async () => {
    await enter("sysAdmin");
    await desk.button("New account").waitFor();
    await desk.page.locator(".mark").focus();
    const order: string[] = [];
    for (let i = 0; i < 19; i++) {
      await press("Tab");
      order.push(await focused());
    }
    expect(order).toEqual([
      ...["Accounts", "Changes of rights", "Roles", "Rules of sign-in"],
      ...["Open sessions", "Departments", "Walls", "Feed keys"],
      ...["Told back", "Time limits", "Calendar", "Algorithms"],
      ...["My account", "Sign out", "中文", "Dark", "New account"],
      ...["Find by login, name or staff number", "Roles"],
    ]);
  });

  it("stays within a dialog, and goes back to where it was when Escape closes it", async () => {
    await enter("sysAdmin");
    const add = desk.button("New account");
    await add.focus();
    await press("Enter");
    await desk.dialog().getByLabel("Login").waitFor();
    for (let i = 0; i < 12; i++) {
      await press("Tab");
      const isInside = await desk
        .dialog()
        .evaluate((one) => one.contains(document.activeElement));
      expect(isInside).toBe(true);
    }
    await press("Escape");
    await desk.dialog().waitFor({ state: "detached" });
    await expect.poll(focused).toBe("New account");
  });

  it("opens an act of a menu and comes back to the menu's button", async () => {
    await enter("sysAdmin");
    const menu = "Acts on 领导";
    await desk.button(menu).focus();
    await press("Enter");
    await desk.page.getByRole("menuitem").first().waitFor();
    await press("ArrowDown", "Enter");
    await desk.dialog().waitFor();
    await press("Escape");
    await desk.dialog().waitFor({ state: "detached" });
    await expect.poll(focused).toBe(menu);
  });
});
