/** Filters of the queue over the real doors: whose they are, and who keeps those for everybody. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { MOST_FILTERS, type SavedFilter } from "../../contract/filter.ts";
import type { RoleCode } from "../../contract/role.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { FLOW_CITY } from "./city.ts";

let hub: Hub;
beforeAll(async () => void (hub = await startHub({ city: FLOW_CITY })));
afterAll(() => hub.stop());

const as = async <T>(
  role: RoleCode,
  method: string,
  path = "",
  body?: unknown,
) =>
  ask<T>(hub, method, `/api/filters${path}`, {
    ...{ cookie: await hub.signIn(role), body },
  });
const listed = async (role: RoleCode) => {
  const { body } = await as<{ items: SavedFilter[] }>(role, "GET");
  return body.items.map(({ name, shared, own }) => ({ name, shared, own }));
};
const save = (role: RoleCode, name: string, more: object = {}) =>
  as<SavedFilter & { code?: string }>(role, "POST", "", {
    ...{ name, filter: { text: "积水" }, ...more },
  });

it("keeps a filter for whoever saved it, and for everybody where who rules says so", async () => {
  expect((await save("acceptor", "我的")).status).toBe(200);
  const shared = await save("shiftLeader", "内涝", { shared: true });
  expect(shared.body).toMatchObject({
    ...{ name: "内涝", shared: true, own: true },
    filter: { text: "积水", order: "timeLeft", chosen: {} },
  });
  expect(await listed("dispatcher")).toEqual([
    { name: "内涝", shared: true, own: false },
  ]);
  expect(await listed("acceptor")).toEqual([
    { name: "内涝", shared: true, own: false },
    { name: "我的", shared: false, own: true },
  ]);
});

it("lets nobody else change what is for everybody, or touch what is another's own", async () => {
  const refused = await save("acceptor", "内涝", { shared: true });
  expect(refused).toMatchObject({
    status: 403,
    body: { code: "filterForAll" },
  });
  const shared = await save("shiftLeader", "内涝", { shared: true });
  const own = await save("acceptor", "我的");
  const drop = async (role: RoleCode, id: string) =>
    (await as(role, "DELETE", `/${id}`)).status;
  expect(await drop("acceptor", shared.body.id)).toBe(403);
  expect(await drop("shiftLeader", own.body.id)).toBe(404);
  expect(await drop("acceptor", own.body.id)).toBe(200);
  expect(await drop("shiftLeader", shared.body.id)).toBe(200);
  expect(await listed("acceptor")).toEqual([]);
});

it("keeps no more than so many for one account, and the same name again is no more", async () => {
  for (let i = 0; i < MOST_FILTERS; i++) {
    const { status } = await save("dispatcher", `f${i}`);
    expect(status).toBe(200);
  }
  expect(await save("dispatcher", "one more")).toMatchObject({
    status: 422,
    body: { code: "filtersFull" },
  });
  expect((await save("dispatcher", "f7", { filter: {} })).status).toBe(200);
});
