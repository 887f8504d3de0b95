/** Somebody who becomes a security administrator comes in by the two halves that two administrators hand over. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Account } from "../../contract/account.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import { FLOW_CITY } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { openDesk, type Desk } from "../kit/desk.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, PASSWORD } from "../kit/staff.ts";

let browser: Browser;
let hub: Hub;
let account: string;

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
  const made = await ask<{ account: Account }>(hub, "POST", "/api/accounts", {
    cookie: await hub.signIn("sysAdmin"),
    body: { login: "qian.yu", name: "Qian Yu", staffNo: "SN-9" },
  });
  account = made.body.account.id;
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const rightsPage = async (role: string, theme: string) =>
  openDesk(browser, hub, {
    by: await hub.signIn(role),
    path: `/admin/rights?lang=en&theme=${theme}`,
  });

let half: string;
let url: string;
let asker: Desk;

it("whoever asked sees his half at his own change, and the confirmer the link alone", async () => {
  const roles = ["secAdmin"];
  await ask(hub, "POST", "/api/rights/changes", {
    cookie: await hub.signIn("secAdmin"),
    body: {
      change: { kind: "access", account, roles, scope: WHOLE_CITY },
      reason: "follows the one who retires",
    },
  });
  asker = await rightsPage("secAdmin", "light");
  const line = asker.page.getByRole("article");
  half = await line.locator("code").innerText();
  expect(half).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/);
  expect(await asker.violations()).toEqual([]);

  const confirmer = await rightsPage("sysAdmin", "dark");
  await confirmer.page.getByRole("article").waitFor();
  expect(await confirmer.page.locator("article code").count()).toBe(0);
  await confirmer.button("Confirm").click();
  await confirmer
    .dialog()
    .getByRole("button", { name: "Confirm", exact: true })
    .click();
  await confirmer.dialog().getByText("only with the other half").waitFor();
  url = await confirmer.dialog().locator("code").innerText();
  expect(new URL(url).hash).toMatch(/^#half=[\w-]{43}$/);
  await confirmer.close();
  await asker.close();
});

it.each([
  ["zh", "light", "链接的另一半"],
  ["en", "dark", "The link's other half"],
])("the link asks for the other half: %s, %s", async (lang, theme, words) => {
  const { pathname, hash } = new URL(url);
  const path = `${pathname}?lang=${lang}&theme=${theme}${hash}`;
  const person = await openDesk(browser, hub, { by: null, path });
  await person.page.getByRole("heading", { name: words }).waitFor();
  // What opens an account stays in no address that somebody may look at.
  expect(person.page.url()).not.toContain(hash.slice(6));
  expect(await person.violations()).toEqual([]);
  await person.close();
});

it("opens with the right half alone, however it is typed", async () => {
  const { hash } = new URL(url);
  const person = await openDesk(browser, hub, {
    ...{ by: null, path: `/?lang=en${hash}` },
  });
  const field = person.page.getByLabel("Other half");
  await field.fill("aaaa-bbbb-cccc");
  await person.button("Go on").click();
  await person.page.getByText("do not belong together").waitFor();
  await field.fill(half.toUpperCase().replaceAll("-", " "));
  await person.button("Go on").click();
  await person.page
    .getByRole("heading", { name: "Choose a new password" })
    .waitFor();
  await person.page.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await person.page.getByLabel("Once more").fill(PASSWORD);
  await person.button("Save password").click();
  await person.page.waitForURL((to) => to.pathname !== "/login");
  await person.close();
});
