/** What somebody reported and went to look at, over the real doors: their own alone, with where it was found. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type {
  Incident,
  IncidentView,
  OwnMatter,
} from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { FLOW_CITY } from "./city.ts";

const KEY = "made-by-a-phone";
let hub: Hub;
beforeAll(async () => (hub = await startHub({ city: FLOW_CITY })));
afterAll(() => hub.stop());

const own = async (role: RoleCode) => {
  const { body } = await ask<{ items: OwnMatter[] }>(
    ...([hub, "GET", "/api/own-incidents"] as const),
    { cookie: await hub.signIn(role) },
  );
  return body.items;
};
async function reported(): Promise<Incident> {
  const body = {
    ...{ key: KEY, source: "gridWorker", title: "井盖缺失" },
    ...{ category: "pothole", ...PLACES.west },
  };
  const cookie = await hub.signIn("gridWorker");
  return (await ask<Incident>(hub, "POST", "/api/incidents", { cookie, body }))
    .body;
}
async function take(id: string, role: RoleCode, step: string, body: object) {
  const cookie = await hub.signIn(role);
  const { incident } = await viewOf(id);
  return ask<{ detail?: string }>(
    ...([hub, "POST", `/api/incidents/${id}/steps`] as const),
    { cookie, body: { rev: incident.rev, asked: { step, body } } },
  );
}
const viewOf = async (id: string) =>
  (
    await ask<IncidentView>(hub, "GET", `/api/incidents/${id}`, {
      cookie: await hub.signIn("shiftLeader"),
    })
  ).body;

it("tells a grid worker of a report once, by its key, and nobody else of it", async () => {
  const { number } = await reported();
  await reported();
  expect(await own("gridWorker")).toMatchObject([
    { number, key: KEY, status: "reported", visits: [] },
  ]);
  expect(await own("acceptor")).toEqual([]);
});

it("tells what was found on a visit, and keeps where, if that was told", async () => {
  const [{ id }] = (await own("gridWorker")) as [OwnMatter];
  await take(id, "acceptor", "verify", {});
  const fix = { ...PLACES.east, accuracy: 15 };
  const found = { result: "true", fix };
  expect((await take(id, "gridWorker", "verified", found)).status).toBe(200);
  const [matter] = await own("gridWorker");
  expect(matter!.visits).toMatchObject([{ step: "verified", result: "true" }]);
  const { history, dossier } = await viewOf(id);
  expect(history.at(-1)!.facts).toMatchObject({ fix });
  expect(dossier.visits[0]!.fix).toEqual(fix);
});

it("refuses a place that is none, and needs none", async () => {
  const [{ id }] = (await own("gridWorker")) as [OwnMatter];
  await take(id, "acceptor", "verify", {});
  const fix = { lng: 500, lat: 32, accuracy: 15 };
  const wrong = await take(id, "gridWorker", "verified", {
    ...{ result: "true", fix },
  });
  expect(wrong.status).toBe(400);
  const { status } = await take(id, "gridWorker", "verified", {
    result: "true",
  });
  expect(status).toBe(200);
  expect((await viewOf(id)).history.at(-1)!.facts).not.toHaveProperty("fix");
});

it("leaves a report without a place with its reporter, whose work is one district's, and with nobody else of the district", async () => {
  const scope = { departments: null, districts: [DISTRICTS.west.code] };
  const xu = await newPerson(hub, "xu.lan", ["gridWorker"], scope);
  const gu = await newPerson(hub, "gu.wei", ["gridWorker"], scope);
  const made = await ask<Incident>(hub, "POST", "/api/incidents", {
    cookie: xu.cookie,
    body: {
      ...{ key: "no-place", source: "gridWorker", title: "路灯不亮" },
      ...{ category: "pothole", address: "巷口" },
    },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  const { id, number } = made.body;
  const seenBy = async ({ cookie }: { cookie: string }) => {
    const [list, one] = await Promise.all([
      ask<{ items: OwnMatter[] }>(hub, "GET", "/api/own-incidents", { cookie }),
      ask(hub, "GET", `/api/incidents/${id}`, { cookie }),
    ]);
    return { own: list.body.items.map((each) => each.number), one: one.status };
  };
  expect(await seenBy(xu)).toEqual({ own: [number], one: 200 });
  expect(await seenBy(gu)).toEqual({ own: [], one: 404 });
});
