/** The incident pane by the keyboard alone, as each hand has it: one matter from report to close. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { violationsOn } from "../kit/axe.ts";
import { launchChromium } from "../kit/chromium.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { buildPane, type PanePages } from "../kit/pane.ts";
import { ask } from "../kit/staff.ts";

let browser: Browser;
let hub: Hub;
let panes: PanePages;
const opened: Page[] = [];

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
  panes = await buildPane(browser, hub);
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await panes?.close();
  await hub?.stop();
});

async function reported(externalId: string, more: object = {}) {
  await told(hub, "hotline", [
    {
      ...{ externalId, source: "12345", title: `${externalId} 井盖缺失` },
      ...{ category: "pothole", reportedAt: Date.now(), ...PLACES.west },
      ...more,
    },
  ]);
  const { items } = await hub.ask<{
    items: { id: string; externalId: string }[];
  }>("/api/incidents", { cookie: await hub.signIn("leader") });
  return items.find((each) => each.externalId === externalId)!.id;
}

const view = async (id: string) =>
  hub.ask<IncidentView>(`/api/incidents/${id}`, {
    cookie: await hub.signIn("shiftLeader"),
  });

/** Somebody's pane in English, with its keys ready. */
async function sitDown(
  role: RoleCode,
  id: string,
  more: Record<string, string> = {},
) {
  const page = await panes.open(await hub.signIn(role), {
    ...{ id, lang: "en", ...more },
  });
  opened.push(page);
  await page.getByRole("heading", { level: 2 }).waitFor();
  return page;
}
const step = (page: Page, name: string) =>
  page.locator(".step-bar").getByRole("button", { name }).first();
const said = (page: Page, text: string | RegExp) =>
  page.getByText(text).first().waitFor();
/** The head of the centre registers it over the door, wherever a page stands. */
async function registeredByChief(id: string) {
  const { incident } = await view(id);
  await ask(hub, "POST", `/api/incidents/${id}/steps`, {
    cookie: await hub.signIn("centreChief"),
    body: { rev: incident.rev, asked: { step: "register", body: {} } },
  });
}
/** When the button of a step is there, its key is. */
async function press(page: Page, name: string, key: string) {
  await step(page, name).waitFor();
  await page.keyboard.press(key);
}

describe("by the keyboard alone", () => {
  it("a matter is registered, taken back, registered, dispatched, signed, fed back and closed", async () => {
    const id = await reported("whole");
    const leader = await sitDown("shiftLeader", id);
    const dispatcher = await sitDown("dispatcher", id);
    const handler = await sitDown("deptHandler", id);

    await press(leader, "Register", "a");
    await said(leader, /: Register$/);
    await step(dispatcher, "Dispatch").waitFor();
    await leader.keyboard.press("u");
    await said(leader, /Register taken back/);
    await step(dispatcher, "Dispatch").waitFor({ state: "detached" });
    await press(leader, "Register", "a");

    await press(dispatcher, "Dispatch", "d");
    await dispatcher.keyboard.type("ecology");
    await dispatcher.keyboard.press("Enter");
    await dispatcher.keyboard.press("Control+Enter");
    await said(dispatcher, /: Dispatch$/);

    await press(handler, "Sign for it", "s");
    await press(handler, "Feed back", "b");
    await handler.keyboard.press("Control+Enter");
    await said(handler, "Please fill this in");
    await handler.keyboard.type("已补装井盖");
    await handler.keyboard.press("Control+Enter");

    await press(leader, "Close", "c");
    await said(leader, /: Close$/);
    const { incident, history } = await view(id);
    expect(incident.status).toBe("closed");
    expect(history.map(({ what }) => what)).toEqual([
      ...["reported", "register", "undo", "register"],
      ...["dispatch", "sign", "feedBack", "close"],
    ]);
  });
});

describe("an order's clock", () => {
  it("keeps role and stage together, however narrow it stands", async () => {
    const id = await reported("narrow");
    await registeredByChief(id);
    const { incident } = await view(id);
    await ask(hub, "POST", `/api/incidents/${id}/steps`, {
      cookie: await hub.signIn("shiftLeader"),
      body: {
        rev: incident.rev,
        asked: { step: "dispatch", body: { lead: "ECO" } },
      },
    });
    const page = await sitDown("shiftLeader", id);
    await page.setViewportSize({ width: 460, height: 900 });
    const about = page.getByText("lead · Signing");
    await about.waitFor();
    const lines = await about.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getClientRects().length;
    });
    expect(lines).toBe(1);
  });
});

describe("a department that is typed and not chosen", () => {
  it("is not left out of the dispatch: the form stays until it is chosen or cleared", async () => {
    const id = await reported("loose");
    await registeredByChief(id);
    const page = await sitDown("dispatcher", id);
    await press(page, "Dispatch", "d");
    await page.keyboard.type("ecology");
    await page.keyboard.press("Enter");
    const co = page.getByRole("combobox", { name: "Co-handling" });
    await co.fill("nobody's office");
    await page.keyboard.press("Control+Enter");
    const message = (input: HTMLInputElement) => input.validationMessage;
    expect(await co.evaluate(message)).toBe(
      "Choose from the list, or clear it",
    );
    expect((await view(id)).incident.status).toBe("registered");
    await co.fill("");
    await page.keyboard.press("Control+Enter");
    await said(page, /: Dispatch$/);
  });
});

describe("several departments", () => {
  it("are chosen one after the other, and the list is out of the way after each", async () => {
    const id = await reported("several");
    await registeredByChief(id);
    const page = await sitDown("dispatcher", id);
    await press(page, "Dispatch", "d");
    await page.keyboard.type("ecology");
    await page.keyboard.press("Enter");
    const co = page.getByRole("combobox", { name: "Co-handling" });
    const isOpen = () => co.getAttribute("aria-expanded");
    await co.click();
    expect(await isOpen()).toBe("true");
    await co.fill("test");
    await page.keyboard.press("Enter");
    const chip = page.getByRole("button", { name: /^Remove / });
    await chip.waitFor();
    expect(await isOpen()).toBe("false");
    await page.getByRole("button", { name: /^Send/ }).click();
    await said(page, /: Dispatch$/);
    expect((await view(id)).dossier.orders).toHaveLength(2);
  });
});

describe("a visit to what lies in no district", () => {
  it("is said to reach nobody, before it is sent and after", async () => {
    const id = await reported("nowhere", { lng: undefined, lat: undefined });
    const page = await sitDown("shiftLeader", id);
    await press(page, "Send to verify", "v");
    await said(page, /so no grid worker sees this visit/);
    await page.keyboard.press("Control+Enter");
    await said(page, /: Send to verify$/);
    await said(page, /so no grid worker sees this visit/);
  });
});

describe("two hands at one matter", () => {
  it("who types is told who was first, and keeps what was typed", async () => {
    const id = await reported("both");
    const leader = await sitDown("shiftLeader", id);
    await press(leader, "Void", "X");
    await leader.keyboard.type("重复上报");
    await registeredByChief(id);
    await said(leader, /was just first with .*: Register/);
    expect(await leader.getByLabel("Reason").inputValue()).toBe("重复上报");
    await leader.keyboard.press("Control+Enter");
    await said(leader, /: Void$/);
  });

  it("who acts a moment too late is told what the other did", async () => {
    const id = await reported("late");
    const leader = await sitDown("shiftLeader", id);
    // The chief's step reaches the hub while the leader's is on its way.
    await leader.route(
      "**/steps",
      async (route) => {
        await registeredByChief(id);
        await route.continue();
      },
      { times: 1 },
    );
    await press(leader, "Register", "a");
    await said(leader, /was first with .*: Register/);
    await step(leader, "Dispatch").waitFor();
    expect((await view(id)).incident.rev).toBe(2);
  });
});

describe("what stands in the way", () => {
  it("is told on the button, and the button does nothing", async () => {
    const id = await reported("incomplete", { category: undefined });
    const leader = await sitDown("shiftLeader", id);
    const register = step(leader, "Register");
    await register.getByText(/lacks its category/).waitFor();
    await leader.keyboard.press("a");
    expect(await register.getAttribute("aria-disabled")).toBe("true");
    expect((await view(id)).incident.status).toBe("reported");
  });

  it("an incident that is not there, or not theirs, is said to be so", async () => {
    const page = await sitDown("shiftLeader", "nowhere");
    await said(page, "There is no such incident, or it is outside your scope");
  });
});

describe("an own report", () => {
  it("is entered by its key and opened", async () => {
    const id = await reported("beside");
    const page = await sitDown("dutyOfficer", id);
    await page.keyboard.press("n");
    await page.getByRole("dialog").waitFor();
    await page.getByLabel("Title").fill("路面塌陷 2 米");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "路面塌陷 2 米" }).waitFor();
    // No feed's: its reader is told that somebody typed it.
    await said(page, "Entered by hand");
  });
});

describe("whoever needs it", () => {
  it.each(["dark", "light"])(
    "finds nothing that bars the way, %s",
    async (theme) => {
      const id = await reported(`axe-${theme}`);
      const page = await sitDown("shiftLeader", id, { theme });
      await press(page, "Decline", "D");
      expect(await violationsOn(page, ["page-has-heading-one"])).toEqual([]);
    },
  );
});
