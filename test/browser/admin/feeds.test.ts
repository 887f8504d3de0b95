/** How a feed is let in: what an administrator sets at the page is what its sender meets at the door. */
import { createHmac } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signedText } from "../../../server/feeds/signature.ts";
import { FLOW_CITY, reading } from "../../flow/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { keyOf } from "../../kit/city.ts";
import { openDesk, type Desk } from "../../kit/desk.ts";
import { startHub, type Hub } from "../../kit/hub.ts";

let browser: Browser;
let hub: Hub;
let desk: Desk;
let key = "";

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
  desk = await openDesk(browser, hub, {
    by: await hub.signIn("sysAdmin"),
    path: "/admin/feeds?lang=en&theme=light",
  });
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

let count = 0;
const message = () =>
  JSON.stringify([reading(`S-${++count}`, Date.now(), count)]);

/** @returns the door's status to a sender with this key */
async function send(
  by: string,
  headers: Record<string, string> = {},
  body = message(),
): Promise<number> {
  const authorization = `Bearer ${by}`;
  const reply = await hub.post("air", body, {
    headers: { authorization, ...headers },
  });
  return reply.status;
}

/** What the dialog tells once; it is gone when the dialog is. */
async function secret(): Promise<string> {
  await desk.dialog().getByText("It is shown this once").waitFor();
  const told = await desk.dialog().locator("code").innerText();
  expect(await desk.violations()).toEqual([]);
  await desk.button("I have kept it, close").click();
  expect(await desk.page.content()).not.toContain(told);
  return told;
}

it("gets a new key, told once, while the former still opens the door until its time", async () => {
  await desk.button("Admission of air").click();
  await desk.page.getByText("it is revoked").waitFor();
  expect(await desk.violations()).toEqual([]);
  await desk.button("Rotate the key").click();
  await desk.dialog().getByText("1 hour").click();
  await desk.dialog().getByRole("button", { name: "Rotate the key" }).click();
  key = await secret();
  expect([await send(key), await send(keyOf("air"))]).toEqual([200, 200]);

  const { items } = await hub.ask<{
    items: { id: string; until: number | null }[];
  }>("/api/feeds/air/keys");
  const ends = items.map(({ until }) => until).filter((at) => at !== null);
  expect(ends).toHaveLength(1);
  const left = ends[0]! - Date.now();
  expect(left).toBeGreaterThan(3_000_000);
  expect(left).toBeLessThanOrEqual(3_600_000);
});

it("shuts out who uses a revoked key, and nobody else", async () => {
  const { items } = await hub.ask<{
    items: { id: string; until: number | null }[];
  }>("/api/feeds/air/keys");
  const former = items.find(({ until }) => until !== null)!;
  await desk.button(`Revoke the key ${former.id}`).click();
  await desk.dialog().getByText("cannot be undone").waitFor();
  await desk.dialog().getByRole("button", { name: "Revoke" }).click();
  await desk
    .button(`Revoke the key ${former.id}`)
    .waitFor({ state: "detached" });
  expect([await send(key), await send(keyOf("air"))]).toEqual([200, 401]);
});

const networks = () => desk.page.getByLabel("Networks that may send");
const field = () =>
  desk.page.locator(".el-form-item", { hasText: "Networks that may send" });

async function allow(network: string): Promise<void> {
  await networks().fill(network);
  await networks().press("Enter");
}
async function save(): Promise<void> {
  await desk.button("Save").click();
  await desk.page.getByText("Saved", { exact: true }).waitFor();
}
const take = (network: string) =>
  field().locator(".el-tag", { hasText: network }).locator(".el-icon").click();

it("says at the field which network is none, whether the page or only the hub can tell", async () => {
  await allow("10.1.0.0/33");
  await field().getByText("10.1.0.0/33: neither an address").waitFor();
  expect(await desk.button("Save").isDisabled()).toBe(true);
  await take("10.1.0.0/33");
  await allow("fd00::1::2");
  await desk.button("Save").click();
  await field().getByText("fd00::1::2 is neither an address").waitFor();
  await take("fd00::1::2");
});

/** No hub has anything against a signature by itself: its answer is made up. */
it("says above the form what stands against a part of it that has no field", async () => {
  const errors = [{ path: "/body/signed", message: "keys are being moved" }];
  await desk.page.route(
    /\/api\/feeds\/air$/,
    (route) =>
      route.fulfill({
        status: 400,
        json: { title: "Bad request", status: 400, errors },
      }),
    { times: 1 },
  );
  await allow("10.2.0.0/16");
  await desk.button("Save").click();
  const said = desk.page.getByRole("alert").getByText("keys are being moved");
  await said.waitFor();
  await take("10.2.0.0/16");
});

it("lets in only from the networks that were saved", async () => {
  await allow("10.1.0.0/16");
  await save();
  expect(await send(key)).toBe(403);
  await allow("127.0.0.1");
  await save();
  expect(await send(key)).toBe(200);
  const row = desk.page.locator("tbody tr", { hasText: "127.0.0.1" });
  await row.first().waitFor();
});

it("refuses whatever is not signed once signatures are asked for, and takes what is signed with the secret told", async () => {
  await desk.page.getByText("There is no signing secret yet.").waitFor();
  await desk.page.locator(".el-switch").click();
  await save();
  await desk.page.getByText("every message is refused now").waitFor();
  expect(await send(key)).toBe(401);
  await desk.button("New signing secret").click();
  await desk.dialog().getByRole("button", { name: "New signing" }).click();
  const signing = await secret();
  await desk.page.getByText("There is a signing secret.").waitFor();

  const body = message();
  const [timestamp, nonce] = [String(Date.now()), "nonce-of-a-test-0001"];
  const request = { method: "POST", path: "/ingest/v1/air" };
  const mac = createHmac("sha256", signing)
    .update(signedText(request, timestamp, nonce, Buffer.from(body)))
    .digest("hex");
  const signed = {
    "x-chengshu-timestamp": timestamp,
    "x-chengshu-nonce": nonce,
    "x-chengshu-signature": `sha256=${mac}`,
  };
  expect(await send(key)).toBe(401);
  expect(await send(key, signed, body)).toBe(200);
});
