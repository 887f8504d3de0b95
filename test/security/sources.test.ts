/** A source that is nothing but a caller's name is told to nobody: in no list, count, figure, file or room, on either store. */
import { afterAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Incident } from "../../contract/incident.ts";
import type { Statistics } from "../../contract/statistics.ts";
import { DAY } from "../../contract/time.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { startPostgres } from "../kit/postgres.ts";
import { ask, pairWall } from "../kit/staff.ts";

const CALLERS = ["张三", "张四", "John Smith", "李四 13812345678"];
const PERIOD = `from=${Date.now() - DAY}&to=${Date.now() + DAY}`;
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

async function open(databaseUrl?: string): Promise<Hub> {
  const hub = await startHub({
    ...{ city: FLOW_CITY, ...(databaseUrl && { databaseUrl }) },
  });
  ends.push(() => hub.stop());
  await told(
    ...([hub, "hotline"] as const),
    [...CALLERS, "hotline12345", "生态"].map((source, i) => ({
      ...{ externalId: String(i), source, title: `井盖破损${i}` },
      ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west },
    })),
  );
  const cookie = await hub.signIn("shiftLeader");
  const { body } = await ask<{ items: Incident[] }>(
    ...([hub, "GET", "/api/incidents?limit=200", { cookie }] as const),
  );
  for (const { id, rev } of body.items)
    await ask(hub, "POST", `/api/incidents/${id}/steps`, {
      ...{ cookie, body: { rev, asked: { step: "register", body: {} } } },
    });
  return hub;
}

const stores: [string, () => Promise<string | undefined>][] = [
  ["SQLite", () => Promise.resolve(undefined)],
  [
    "PostgreSQL",
    async () => {
      const postgres = await startPostgres();
      ends.push(() => postgres.stop());
      return postgres.url;
    },
  ],
];

describe.each(stores)("on %s", (_, storeOf) => {
  let hub: Hub;
  const text = async (path: string) => {
    const cookie = await hub.signIn("leader");
    const { status, body } = await ask(hub, "GET", path, { cookie });
    expect([path, status]).toEqual([path, 200]);
    return typeof body === "string" ? body : JSON.stringify(body);
  };

  it("tells the city's own sources, and of callers no more than a surname", async () => {
    hub = await open(await storeOf());
    const { sources } = JSON.parse(
      await text(`/api/statistics?${PERIOD}`),
    ) as Statistics;
    const counted = sources.map(({ key, figures }) => [
      key,
      figures.registered,
    ]);
    // What one cannot tell apart is counted together.
    expect(counted.sort()).toEqual([
      ...[["J*** S****", 1] as const, ["hotline12345", 1] as const],
      ...[["张*", 2] as const, ["李* 138****5678", 1] as const],
      ["生态", 1],
    ]);
  });

  it.each([
    "/api/incidents?limit=200",
    `/api/statistics?${PERIOD}`,
    `/api/statistics/export?${PERIOD}&format=csv`,
    `/api/statistics/incidents?${PERIOD}&measure=registered`,
    "/api/statistics/slow?limit=200",
  ])("tells none of them by %s", async (path) => {
    const told = await text(path);
    for (const name of ["张三", "张四", "Smith", "李四", "13812345678"])
      expect(told).not.toContain(name);
  });

  it("tells none of them in one incident, its history or what may be done with it", async () => {
    const { items } = JSON.parse(await text("/api/incidents?limit=200")) as {
      items: Incident[];
    };
    for (const { id } of items) {
      const told = await text(`/api/incidents/${id}`);
      for (const name of ["张三", "张四", "Smith", "李四"])
        expect(told).not.toContain(name);
    }
  });

  it("tells none of them to a wall, nor counts them apart there", async () => {
    const { cookie } = await pairWall(hub, {
      ...{ screens: ["city-overview"], scope: WHOLE_CITY },
    });
    const wall = await openFollower(hub.url, cookie);
    const counts = await wall.follow("incidentCounts", {});
    await counts.until(() => counts.items.has("source:张*"));
    expect(counts.items.get("source:张*")).toMatchObject({ today: 2 });
    const rooms = [counts, await wall.follow("incidents", { limit: 200 })];
    for (const room of rooms) {
      const told = JSON.stringify([...room.items]);
      for (const name of ["张三", "张四", "Smith", "李四"])
        expect(told).not.toContain(name);
    }
    wall.close();
  });

  it("answers nobody who guesses one", async () => {
    const cookie = await hub.signIn("leader");
    for (const door of [
      "/api/incidents?",
      `/api/statistics?${PERIOD}&`,
      "/api/statistics/slow?",
    ])
      for (const guess of ["张三", "张*", "赵无人"]) {
        const path = `${door}source=${encodeURIComponent(guess)}`;
        expect((await ask(hub, "GET", path, { cookie })).status).toBe(422);
      }
  });
});
