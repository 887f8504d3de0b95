/** The operations page: who sees it, and a refused message from the table back into the city. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { FLOW_CITY, historyOf, reading } from "../flow/city.ts";
import { launchChromium } from "../kit/chromium.ts";
import { startHub, type Hub } from "../kit/hub.ts";

let hub: Hub;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [hub, browser] = await Promise.all([
    startHub({ city: FLOW_CITY }),
    launchChromium(),
  ]);
});
afterEach(() => page.context().close());
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

async function open(role: string, language = "en"): Promise<void> {
  const [name, value] = (await hub.signIn(role)).split("=", 2);
  page = await browser.newPage();
  await page
    .context()
    .addCookies([{ name: name!, value: value!, url: hub.url }]);
  await page.goto(`${hub.url}/ops?lang=${language}`);
}

const rowOf = (feed: string) => page.locator("tbody tr", { hasText: feed });

it("is not for leaders, and says so", async () => {
  await open("leader");
  await page.getByText("Your role may not see operations").waitFor();
});

it("shows a duty officer feeds, queue and refusals, without the right to replay", async () => {
  await hub.post("reports", [{ indicator: "air.none", at: 1, value: 1 }]);
  await open("dutyOfficer");
  await page.getByText("Waiting writes").waitFor();
  await rowOf("reports").getByRole("button", { name: "1" }).click();
  const pane = page.getByRole("dialog");
  await pane.getByText("air.none").first().waitFor();
  await pane.getByText("Replaying needs a system administrator.").waitFor();
  expect(await pane.getByRole("button", { name: /Replay/ }).count()).toBe(0);
  await page.keyboard.press("Escape");
  await pane.waitFor({ state: "detached" });
});

it("says in Chinese what kind of refusal it is, with the hub's own sentence beneath", async () => {
  await hub.post("reports", [{ indicator: "air.nowhere", at: 1, value: 1 }]);
  await open("dutyOfficer", "zh");
  await rowOf("reports").locator("td button").click();
  const refused = page.getByRole("dialog").locator("li", {
    hasText: "air.nowhere",
  });
  await refused.getByText("第 1 条：编号或名称不被接受（indicator）").waitFor();
  const sentence = await refused.locator("[lang=en]").innerText();
  expect(sentence).toMatch(/[a-z]{3,} [a-z]{2,}/);
  const trouble = rowOf("reports").locator("td.error");
  await trouble.getByText("编号或名称不被接受").waitFor();
});

it("sends what a corrected mapping can read back into the city", async () => {
  const at = Date.now();
  await hub.post("air", [{ ...reading("OPS-1", at, 7), value: { mg: 7 } }]);
  const { items } = await hub.ask<{ items: { id: string }[] }>("/api/feeds");
  const { health: _health, ...air } = items.find(({ id }) => id === "air")! as {
    id: string;
    health: unknown;
  };
  const mapping =
    '$.{"sensor": sensor, "metric": metric, "at": at, "value": value.mg}';
  const put = await fetch(`${hub.url}/api/feeds/air`, {
    method: "PUT",
    headers: {
      cookie: await hub.signIn("sysAdmin"),
      "content-type": "application/json",
    },
    body: JSON.stringify({ ...air, mapping }),
  });
  expect(put.status, await put.text()).toBe(200);
  await open("sysAdmin");
  await rowOf("air ·").getByRole("button", { name: "1" }).click();
  const pane = page.getByRole("dialog");
  await pane.getByRole("button", { name: "Replay all" }).click();
  await pane
    .getByRole("button", { name: "Replay", exact: true })
    .first()
    .click();
  await pane.getByText("1 accepted, 0 duplicates, 0 refused again.").waitFor();
  await pane.getByText(/^replayed /).waitFor();
  expect(await historyOf(hub, "OPS-1", at)).toEqual([[at, 7]]);
});
