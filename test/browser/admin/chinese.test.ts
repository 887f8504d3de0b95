/** What the hub has against something, and what the audit kept, is read in Chinese on a Chinese page. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WHOLE_CITY } from "../../../contract/data-scope.ts";
import { FLOW_CITY } from "../../flow/city.ts";
import { launchChromium } from "../../kit/chromium.ts";
import { openDesk, type Desk } from "../../kit/desk.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { accountOf, ask } from "../../kit/staff.ts";

let browser: Browser;
let hub: Hub;

beforeAll(async () => {
  [browser, hub] = await Promise.all([
    launchChromium(),
    startHub({ city: FLOW_CITY }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const desk = async (role: string, path: string): Promise<Desk> =>
  openDesk(browser, hub, { by: await hub.signIn(role), path });

it("says at the field what stands against a new account", async () => {
  const { page, dialog, button } = await desk("sysAdmin", "/admin/accounts");
  await button("新增账号").click();
  await dialog().getByLabel("登录名").fill("Zhang San");
  await dialog().getByLabel("姓名").fill("张三");
  await dialog().getByLabel("工号").fill("JL-9001");
  await page.keyboard.press("Enter");
  await dialog().getByText("限小写字母、数字").waitFor();
  await dialog().getByLabel("登录名").fill("demo-leader");
  await page.keyboard.press("Enter");
  await dialog().getByText("已被另一个账号使用").waitFor();
});

it("says why a role cannot be so, by the names of role and action", async () => {
  const { page, dialog, button, violations } = await desk(
    ...(["secAdmin", "/admin/roles?theme=light"] as const),
  );
  await button("申请修改角色：领导").click();
  await dialog().locator(".el-checkbox", { hasText: "查阅审计" }).click();
  await dialog().getByLabel("理由", { exact: true }).fill("市长要看一看");
  await page.keyboard.press("Enter");
  await dialog().getByText("「查阅审计」只能授予审计管理员").waitFor();
  expect(await dialog().innerText()).not.toContain("/body");
  expect(await violations()).toEqual([]);
});

it("says why a change of rights may not be confirmed by who reads it", async () => {
  const { id, roles } = await accountOf(hub, "demo-secadmin");
  await hub.ask("/api/rights/changes", {
    method: "POST",
    body: JSON.stringify({
      reason: "部门调整",
      change: {
        ...{ kind: "access", account: id, roles },
        scope: { ...WHOLE_CITY, districts: [] },
      },
    }),
  });
  const { page } = await desk("secAdmin", "/admin/rights");
  await page
    .getByRole("article", { name: "demo-secadmin" })
    .getByText("不能变更自己的权限")
    .waitFor();
});

it("reads a line of the audit in words, and its raw text beside them", async () => {
  await ask(hub, "GET", "/api/accounts", {
    cookie: await hub.signIn("leader"),
  });
  const { page, violations } = await desk(
    ...(["auditAdmin", "/admin/audit?theme=light"] as const),
  );
  const row = page.locator("tbody tr.el-table__row");
  const refused = row.filter({ hasText: "demo-leader" }).filter({
    hasText: "被拒绝",
  });
  const detail = refused.getByText("领导没有「查看账号」的权限");
  await detail.waitFor();
  expect(await detail.getAttribute("title")).toBe(
    "leader may not readAccounts",
  );
  const asked = row.filter({ hasText: "申请权限变更" });
  await asked.getByText("权限：安全管理员").waitFor();
  await asked.getByText("rights/demo-secadmin").waitFor();
  await asked.locator(".el-table__expand-icon").click();
  const opened = page.locator(".el-table__expanded-cell");
  const field = opened.getByText("数据范围 · 区县");
  expect(await field.getAttribute("title")).toBe("scope.districts");
  // A person's own words stay as they were written.
  await opened.getByText("部门调整", { exact: true }).waitFor();
  expect(await violations()).toEqual([]);
});
