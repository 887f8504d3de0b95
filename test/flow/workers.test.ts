/** Whom a visit can be sent to, over the real doors: of one's scope alone, with how much waits for each. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Problem } from "../../contract/door.ts";
import type { Worker } from "../../contract/worker.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { FLOW_CITY, told } from "./city.ts";

const scopeOf = (place: "west" | "east", department = "TEST") => ({
  departments: [department],
  districts: [DISTRICTS[place].code],
});
let hub: Hub;
beforeAll(async () => {
  const carts = { id: "carts", system: "carts", format: "positions/1" };
  const feeds = [...FLOW_CITY.feeds, { ...carts, department: "ECO" }];
  hub = await startHub({ city: { ...FLOW_CITY, feeds } });
  await newPerson(hub, "w-west", ["gridWorker"], scopeOf("west"));
  await newPerson(hub, "w-east", ["gridWorker"], scopeOf("east"));
  await newPerson(hub, "w-other", ["gridWorker"], scopeOf("west", "ECO"));
});
afterAll(() => hub.stop());

const workers = async (cookie: string) => {
  const { body } = await ask<{ items: Worker[] }>(
    ...([hub, "GET", "/api/workers", { cookie }] as const),
  );
  return body.items.filter(({ login }) => login.startsWith("w-"));
};

it("tells of workers whose department and district one sees, and of no others", async () => {
  const west = scopeOf("west");
  const { cookie } = await newPerson(hub, "own-west", ["acceptor"], west);
  const names = async (of: string) =>
    (await workers(of)).map(({ login }) => login).sort();
  expect(await names(cookie)).toEqual(["w-west"]);
  const whole = await hub.signIn("acceptor");
  expect(await names(whole)).toEqual(["w-east", "w-other", "w-west"]);
});

it("counts the visits that wait for a worker, until one is done", async () => {
  const cookie = await hub.signIn("acceptor");
  await told(hub, "hotline", [
    {
      ...{ externalId: "look", source: "12345", title: "look 井盖缺失" },
      ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west },
    },
  ]);
  const { body: listed } = await ask<{
    items: { id: string; externalId: string }[];
  }>(hub, "GET", "/api/incidents", { cookie });
  const { id } = listed.items.find((one) => one.externalId === "look")!;
  const take = (rev: number, step: string, body: object) =>
    ask(hub, "POST", `/api/incidents/${id}/steps`, {
      ...{ cookie, body: { rev, asked: { step, body } } },
    });
  const waiting = async () =>
    (await workers(cookie)).find(({ login }) => login === "w-west")!.visits;
  await take(1, "verify", { worker: "w-west" });
  await expect.poll(waiting).toBe(1);
  await take(2, "verified", { result: "true" });
  await expect.poll(waiting).toBe(0);
});

it("counts visits in places that one sees, and not that a worker has others", async () => {
  const districts = [DISTRICTS.west.code, DISTRICTS.east.code];
  await newPerson(hub, "w-both", ["gridWorker"], {
    ...{ departments: ["TEST"], districts },
  });
  const scope = scopeOf("west");
  const west = await newPerson(hub, "sees-west", ["acceptor"], scope);
  const cookie = await hub.signIn("acceptor");
  await told(hub, "hotline", [
    {
      ...{ externalId: "far", source: "12345", title: "far 井盖缺失" },
      ...{ category: "0406", reportedAt: Date.now(), ...PLACES.east },
    },
  ]);
  const { body: listed } = await ask<{
    items: { id: string; externalId: string }[];
  }>(hub, "GET", "/api/incidents", { cookie });
  const { id } = listed.items.find((one) => one.externalId === "far")!;
  await ask(hub, "POST", `/api/incidents/${id}/steps`, {
    ...{ cookie },
    body: { rev: 1, asked: { step: "verify", body: { worker: "w-both" } } },
  });
  const visits = async (of: string) =>
    (await workers(of)).find(({ login }) => login === "w-both")!.visits;
  await expect.poll(() => visits(cookie)).toBe(1);
  expect(await visits(west.cookie)).toBe(0);
});

it("believes where a worker is when their own department says so, and nobody else", async () => {
  const cookie = await hub.signIn("acceptor");
  const heard = async (feed: string, kind: string, lng: number) => {
    const { lat } = PLACES.west;
    const item = { object: "w-west", kind, at: Date.now(), lng, lat };
    expect(await told(hub, feed, [item])).toMatchObject({ accepted: 1 });
    return (await workers(cookie)).find(({ login }) => login === "w-west")!.at;
  };
  const { lng } = PLACES.west;
  expect(await heard("carts", "gridWorker", lng)).toBeNull();
  expect(await heard("buses", "bus", lng)).toBeNull();
  expect(await heard("buses", "gridWorker", lng)).toMatchObject({ lng });
});

it("finds the district of a place that is picked, or that it is in none", async () => {
  const cookie = await hub.signIn("acceptor");
  const at = async (lng: number, lat: number) =>
    (await ask(hub, "GET", `/api/place?lng=${lng}&lat=${lat}`, { cookie }))
      .body;
  const { lng, lat } = PLACES.west;
  expect(await at(lng, lat)).toEqual({
    ...{ district: DISTRICTS.west.code, areas: [] },
  });
  expect(await at(1, 1)).toEqual({ district: null, areas: [] });
});

it("tells whom a visit reaches: of an incident in no district none of a district", async () => {
  const cookie = await hub.signIn("acceptor");
  const item = { source: "12345", title: "reach 井盖缺失", category: "0406" };
  await told(hub, "hotline", [
    { ...item, externalId: "in-west", reportedAt: Date.now(), ...PLACES.west },
    { ...item, externalId: "nowhere", reportedAt: Date.now(), address: "不详" },
  ]);
  const { body: listed } = await ask<{
    items: { id: string; externalId: string }[];
  }>(hub, "GET", "/api/incidents", { cookie });
  const reach = async (externalId: string) => {
    const found = listed.items.find((one) => one.externalId === externalId)!;
    const { body } = await ask<{ items: Worker[]; isSomebodyReached: boolean }>(
      ...([
        hub,
        "GET",
        `/api/workers?incident=${found.id}`,
        { cookie },
      ] as const),
    );
    return {
      ...{ isSomebody: body.isSomebodyReached },
      who: body.items
        .filter(({ isReached }) => isReached)
        .map(({ login }) => login)
        .filter((login) => login.startsWith("w-"))
        .sort(),
    };
  };
  expect((await reach("in-west")).who).toEqual(["w-both", "w-west"]);
  expect((await reach("in-west")).isSomebody).toBe(true);
  expect((await reach("nowhere")).who).toEqual([]);
});

it("refuses a visit to somebody by name who does not see what he is sent to, and says who", async () => {
  const cookie = await hub.signIn("acceptor");
  const { body: listed } = await ask<{
    items: { id: string; number: string; externalId: string }[];
  }>(hub, "GET", "/api/incidents", { cookie });
  const { id, number } = listed.items.find(
    ({ externalId }) => externalId === "in-west",
  )!;
  const send = async (worker: string) => {
    const { status, body } = await ask<Problem>(
      ...([hub, "POST", `/api/incidents/${id}/steps`] as const),
      {
        ...{ cookie },
        body: { rev: 1, asked: { step: "verify", body: { worker } } },
      },
    );
    return { status, said: body.errors?.[0] };
  };
  const refused = (who: string) => ({
    status: 422,
    said: {
      ...{ path: "/body/worker", code: "workerUnreached" },
      facts: { number, who },
      message: `${number} lies outside the scope of ${who}: send a grid worker who sees it`,
    },
  });
  // In another district, of another department, and not there at all.
  expect(await send("w-east")).toEqual(refused("Person w-east"));
  expect(await send("w-other")).toEqual(refused("Person w-other"));
  expect(await send("nobody")).toEqual(refused("nobody"));
  // Who sees it, but does not go out.
  expect(await send("demo-leader")).toEqual(refused("demo-leader"));
  expect((await send("w-west")).status).toBe(200);
});

it("tells nobody of an incident that he may not see whom a visit to it reaches", async () => {
  const east = scopeOf("east");
  const { cookie } = await newPerson(hub, "own-east", ["acceptor"], east);
  const { items } = (
    await ask<{ items: { id: string; externalId: string }[] }>(
      ...([hub, "GET", "/api/incidents"] as const),
      { cookie: await hub.signIn("acceptor") },
    )
  ).body;
  const { id } = items.find(({ externalId }) => externalId === "in-west")!;
  const { status } = await ask(
    ...([hub, "GET", `/api/workers?incident=${id}`, { cookie }] as const),
  );
  expect(status).toBe(404);
});
