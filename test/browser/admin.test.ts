/** The administration: each section in both languages and themes, and what is sent when somebody acts. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { fileURLToPath } from "node:url";
import { createServer, type ViteDevServer } from "vite";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
} from "vitest";
import { Action } from "../../contract/role.ts";
import { launchChromium } from "../kit/chromium.ts";
import { openDoors, type Doors } from "./admin/doors.ts";

const SECTIONS = [
  ...["accounts", "rights", "roles", "policy", "sessions"],
  ...["departments", "devices", "feeds", "audit"],
];

let server: ViteDevServer;
let browser: Browser;
let page: Page;
let doors: Doors;
let address = "";
const complaints: string[] = [];

beforeAll(async () => {
  server = await createServer({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1", hmr: false },
  });
  await server.listen();
  address = server.resolvedUrls!.local[0]!;
  browser = await launchChromium();
  // The first visit makes vite pack what the pages import, and load them anew.
  await enter();
  await open("accounts");
  await page.waitForLoadState("networkidle");
  await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function enter(
  permissions: readonly Action[] = Action.options,
  kind?: "empty" | "failing",
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()))
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  doors = await openDoors(page, permissions, kind);
}
async function open(section: string, query = "lang=en&theme=light") {
  const join = section.includes("?") ? "&" : "?";
  await page.goto(`${address}admin/${section}${join}${query}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
}
/** By the navigation: the page's code need not come again. */
async function turnTo(section: string): Promise<void> {
  await page.locator(`nav a[href*="/admin/${section}"]`).click();
  await page
    .locator(`nav a[href*="/admin/${section}"][aria-current]`)
    .waitFor();
  await page.waitForLoadState("networkidle");
}
const button = (name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });
const dialog = () => page.getByRole("dialog").last();
const sentTo = (door: string) =>
  doors.sent.filter((one) => one.door === door).at(-1);

async function violations(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" | ")}`,
  );
}

beforeEach(() => void (complaints.length = 0));
afterEach(() => page.context().close());

describe.each(["zh", "en"])("in %s", (language) => {
  it.each(["light", "dark"])(
    "opens every section without an obstacle to anybody, in the %s theme",
    async (theme) => {
      await enter();
      await open("accounts", `lang=${language}&theme=${theme}`);
      const found: string[] = [];
      for (const id of SECTIONS) {
        await turnTo(id);
        for (const one of await violations()) found.push(`${id}: ${one}`);
      }
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it("says so where a section has nothing to show, and where it could not ask", async () => {
    const words = {
      zh: [/没有|还没有/, /无法载入|加载失败|the store is away/],
      en: [/No |There are no |Nothing/, /Could not load: the store is away/],
    }[language]!;
    for (const [i, kind] of (["empty", "failing"] as const).entries()) {
      await enter(Action.options, kind);
      await open("accounts", `lang=${language}&theme=dark`);
      for (const id of SECTIONS) {
        const isForm = id === "roles" || id === "policy";
        if (isForm && kind === "empty") continue;
        if (id === "departments" && kind === "failing") continue;
        await turnTo(id);
        await page.locator("main").getByText(words[i]!).first().waitFor();
        expect(await violations(), `${id} ${kind}`).toEqual([]);
      }
      if (kind === "empty") await page.context().close();
    }
  });
});

it("shows the sections of one's permissions only, and refuses the others by address", async () => {
  await enter(["readAudit"]);
  await open("audit");
  const links = page.getByRole("navigation").getByRole("link");
  expect(await links.allInnerTexts()).toEqual(["Audit"]);
  await open("accounts");
  await page.getByText("Your role may not open this section").waitFor();
  expect(doors.sent.some(({ door }) => door === "listAccounts")).toBe(false);
});

it("adds an account, shows its link once, and goes on to ask for its rights", async () => {
  await enter();
  await open("accounts");
  await button("New account").click();
  await dialog().getByLabel("Login").fill("sunyue");
  await dialog().getByLabel("Name").fill("孙悦");
  await dialog().getByLabel("Staff number").fill("JL-1005");
  await page.keyboard.press("Enter");
  await dialog().getByText("https://city.test/#token=abc").waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press("Escape");
  await button("I have kept it, close").click();
  await dialog().getByText("second person confirms").waitFor();
  expect(await violations()).toEqual([]);
  const box = (hasText: string) =>
    dialog().locator(".el-checkbox", { hasText });
  await box("System administrator").click();
  await box("Audit administrator").click();
  await dialog().getByText("no person holds two").waitFor();
  await dialog().getByLabel("Reason").fill("new at the centre");
  expect(await button("Ask for the change").isDisabled()).toBe(true);
  await box("Audit administrator").click();
  await button("Ask for the change").click();
  await page.getByText("Asked: it takes effect when").waitFor();
  expect(sentTo("requestChange")!.body).toMatchObject({
    change: { kind: "access", account: "account-5", roles: ["sysAdmin"] },
    reason: "new at the centre",
  });
});

it("says at the field what the hub does not accept", async () => {
  await enter();
  await open("accounts");
  doors.refuse("createAccount", 400, "the body is not valid", [
    { path: "/body/login", message: "somebody has this login" },
  ]);
  await button("New account").click();
  await dialog().getByLabel("Login").fill("wangmin");
  await dialog().getByLabel("Name").fill("王敏");
  await dialog().getByLabel("Staff number").fill("JL-1");
  await page.keyboard.press("Enter");
  const field = dialog().locator(".el-form-item", { hasText: "Login" });
  await field.getByText("somebody has this login").waitFor();
});

it("confirms another's change, and says why not one's own", async () => {
  await enter();
  await open("rights");
  const waiting = page.getByRole("region", { name: "Waiting" });
  const own = waiting.getByRole("article").nth(1);
  await own.getByText("Nobody confirms their own request.").waitFor();
  const confirm = { name: "Confirm", exact: true };
  expect(await own.getByRole("button", confirm).isDisabled()).toBe(true);
  const first = waiting.getByRole("article").first();
  await first.getByRole("button", confirm).click();
  await dialog().getByRole("button", confirm).click();
  await dialog().waitFor({ state: "detached" });
  expect(sentTo("confirmChange")!.path).toMatch(/change-1\/confirm$/);
});

it("pairs the wall whose code the address brings, whatever its dashes", async () => {
  await enter();
  await open("devices?code=ab-cd12");
  expect(await dialog().getByLabel("Pairing code").inputValue()).toBe("ABCD12");
  expect(await violations()).toEqual([]);
  await dialog().getByLabel("Pairing code").fill("xy-77qp");
  await dialog().getByLabel("Name").fill("Hall");
  await dialog().getByRole("combobox", { name: "Screens" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "City overview" }).click();
  await dialog().getByLabel("Name").press("Enter");
  await dialog().waitFor({ state: "detached" });
  expect(sentTo("approveDevice")!.body).toMatchObject({
    ...{ code: "XY77QP", name: "Hall", screens: ["city-overview"] },
    scope: { departments: null, districts: null },
  });
});

it("revokes a wall only after it was named and confirmed", async () => {
  await enter();
  await open("devices");
  await button("Acts on 展厅").click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await dialog().getByText("Revoke 展厅").waitFor();
  expect(sentTo("revokeDevice")).toBeUndefined();
  await dialog().getByRole("button", { name: "Revoke" }).click();
  await dialog().waitFor({ state: "detached" });
  expect(sentTo("revokeDevice")!.path).toBe("/api/devices/wall-5");
});

it("rotates a feed's key with the overlap that was chosen, and shows it once", async () => {
  await enter();
  await open("feeds");
  await button("Admission of Water level").click();
  await page.getByText("k-7f31").waitFor();
  expect(await violations()).toEqual([]);
  await button("Rotate the key").first().click();
  await dialog().getByText("1 hour").click();
  await dialog().getByRole("button", { name: "Rotate the key" }).click();
  await page.getByText("the-new-key").waitFor();
  expect(sentTo("rotateFeedKey")!.body).toEqual({ overlap: 3_600_000 });
  await button("I have kept it, close").click();
  expect(await page.getByText("the-new-key").count()).toBe(0);
});

it("finds, opens, exports and verifies the audit", async () => {
  await enter(["readAudit"]);
  await open("audit");
  await page.getByLabel("Who", { exact: true }).fill("chenzhiyuan");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => sentTo("listAudit")!.query)
    .toMatchObject({ who: "chenzhiyuan" });
  const href = page.getByRole("link", { name: "Export CSV" });
  expect(await href.getAttribute("href")).toBe(
    "/api/audit/export?who=chenzhiyuan",
  );
  await page.locator(".el-table__expand-icon").first().click();
  await page.getByText("quota.burst").waitFor();
  expect(await violations()).toEqual([]);
  await button("Verify").click();
  await page.getByText("Sound: 4812 lines").waitFor();
});
