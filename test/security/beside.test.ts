/** What stands beside an incident, behind a number or on a list of others, is told as sparingly as the incident itself. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { IncidentView } from "../../contract/incident.ts";
import type { Likeness } from "../../contract/likeness.ts";
import type { SlowIncident } from "../../contract/slow.ts";
import { DAY } from "../../contract/time.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";

/** Nothing announces it: it is found only by knowing who reported. */
const CALLER = { name: "欧阳未名", phone: "13812345678" };
const PERIOD = `from=${Date.now() - DAY}&to=${Date.now() + DAY}`;

let hub: Hub;
let west: string;
let east: string;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  west = await of("west");
  east = await of("east");
});
afterAll(() => hub.stop());

async function of(place: "west" | "east"): Promise<string> {
  const { cookie } = await newPerson(hub, `of-${place}`, ["shiftLeader"], {
    ...WHOLE_CITY,
    districts: [DISTRICTS[place].code],
  });
  return cookie;
}

const get = <T = Record<string, unknown>>(path: string, cookie: string) =>
  ask<T>(hub, "GET", path, { cookie });

/** @returns their ids, in the same order */
async function reported(all: { externalId: string }[]): Promise<string[]> {
  const common = { source: "hotline12345", category: "0406" };
  await told(
    hub,
    "hotline",
    all.map((one) => ({
      ...{ ...common, reportedAt: Date.now(), ...PLACES.west },
      ...{ reporter: CALLER, title: one.externalId, ...one },
    })),
  );
  const { body } = await get<{ items: { id: string; externalId: string }[] }>(
    ...(["/api/incidents?limit=200", await hub.signIn("leader")] as const),
  );
  return all.map(
    ({ externalId }) =>
      body.items.find((one) => one.externalId === externalId)!.id,
  );
}

async function take(id: string, role: string, step: string, body: object) {
  const cookie = await hub.signIn(role);
  const path = `/api/incidents/${id}`;
  const { incident } = (await get<IncidentView>(path, cookie)).body;
  const { status } = await ask(hub, "POST", `${path}/steps`, {
    ...{ cookie, body: { rev: incident.rev, asked: { step, body } } },
  });
  expect([step, status]).toEqual([step, 200]);
}

it("names of what was merged into an incident no more than one may see, each without its own caller", async () => {
  const [into, near, far] = await reported([
    { externalId: "into", ...{ reporter: { name: "孙大圣" } } },
    { externalId: "near", ...{ title: "欧阳未名家门口井盖破损" } },
    {
      ...{ externalId: "far", ...PLACES.east },
      ...{ title: "欧阳未名家门口井盖缺失" },
    },
  ]);
  await take(near!, "shiftLeader", "merge", { into });
  await take(far!, "shiftLeader", "merge", { into });
  expect((await get(`/api/incidents/${far!}`, west)).status).toBe(404);
  const titles = async (cookie: string) => {
    const path = `/api/incidents/${into!}`;
    const { children } = (await get<IncidentView>(path, cookie)).body;
    return children.map(({ title }) => title);
  };
  expect(await titles(west)).toEqual(["欧阳**家门口井盖破损"]);
  const whole = await titles(await hub.signIn("leader"));
  expect(whole.sort()).toEqual([
    ...["欧阳**家门口井盖破损", "欧阳**家门口井盖缺失"],
  ]);
});

it("tells what an incident is like without the caller of either", async () => {
  const [one] = await reported([
    {
      ...{ externalId: "one", title: "欧阳未名家门口路灯不亮" },
      ...{ reporter: { name: "孙大圣" } },
    },
    { externalId: "two", ...{ title: "欧阳未名家门口路灯不亮了" } },
  ]);
  const path = `/api/incidents/${one!}/likeness`;
  const { duplicates } = (await get<Likeness>(path, west)).body;
  const two = duplicates.find(({ title }) => title.includes("路灯"))!;
  expect(two.title).toBe("欧阳**家门口路灯不亮了");
  expect(JSON.stringify(two.words)).not.toContain("欧阳未名");
});

it("publishes slow progress masked, as nothing that a spreadsheet runs, and to nobody of another district", async () => {
  const [id] = await reported([
    { externalId: "run", ...{ title: "=1+1 欧阳未名 13812345678" } },
  ]);
  await take(id!, "leader", "supervise", { level: 1, text: "速办" });
  const slow = (cookie: string) =>
    get<{ total: number; items: SlowIncident[] }>(
      ...(["/api/statistics/slow", cookie] as const),
    );
  const masked = "=1+1 欧阳** 138****5678";
  const { body } = await slow(west);
  expect(body.items.map(({ title }) => title)).toEqual([masked]);
  expect((await slow(east)).body).toMatchObject({ total: 0, items: [] });
  const file = "/api/statistics/slow/export?format=csv";
  const csv = await get<string>(file, west);
  expect(csv.body).toContain(`,'${masked},`);
  expect((await get<string>(file, east)).body.trim().split("\n")).toHaveLength(
    1,
  );
});

it("takes a parameter once, of those that a door names, and a cursor that its list gave", async () => {
  const forged = (key: unknown) =>
    `cursor=${Buffer.from(JSON.stringify(key)).toString("base64url")}`;
  const counted = `/api/statistics/incidents?${PERIOD}&measure=registered&`;
  for (const asked of [
    ...["town=a&town=b", "town[]=a", "__proto__=1", "constructor=1"].map(
      (more) => counted + more,
    ),
    // Of a list of stages, which has a key of three parts.
    ...[[1, "a", 2], [1, "a", 2, "3"], [1e300, "a", 1, 1], [null], {}, "x"].map(
      (key) => counted + forged(key),
    ),
    `/api/statistics/incidents?${PERIOD}&measure=__proto__`,
    ...["district=a&district=b", "limit=1001", "to=1"].map(
      (more) => `/api/statistics/slow?${more}`,
    ),
  ])
    expect([asked, (await get(asked, west)).status]).toEqual([asked, 400]);
  const guess = `source=${CALLER.phone}`;
  for (const door of [counted, "/api/statistics/slow?"])
    expect((await get(door + guess, west)).status).toBe(422);
});
