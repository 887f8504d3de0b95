/** Figures made of what people did with incidents, over the real doors: on the wall, as an answer, as files. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import type { CountedIncident, Statistics } from "../../contract/statistics.ts";
import { DAY, HOUR } from "../../contract/time.ts";
import { indicatorRow, PLACES } from "../kit/city.ts";
import { openFollower, type Follower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { FLOW_CITY, told } from "./city.ts";

const measured = (id: string, measure: string) =>
  indicatorRow({
    ...{ id, source: "internal", formula: measure, scopes: "city;district" },
    ...{ unit: "%", precision: "1", ownerDept: "TEST" },
  });

let hub: Hub;
let wall: Follower;
const cookies = new Map<RoleCode, string>();
beforeAll(async () => {
  hub = await startHub({
    city: {
      ...FLOW_CITY,
      domain: "urban",
      towns: [
        {
          ...{ code: "999001001", nameZh: "西街道" },
          ...{ west: 120.04, south: 30.04, side: 0.02 },
        },
      ],
      indicators: [
        measured("city.openIncidents", "openIncidents"),
        measured("city.onTimeCloseRate", "onTimeCloseRate"),
        measured("urb.casesToday", "registeredToday"),
        measured("urb.onTimeRate", "onTimeRate"),
        measured("urb.reworkRate", "reworkRate"),
        measured("hot.satisfaction", "hotlineSatisfaction"),
        measured("hot.repeatRate", "hotlineRepeatRate"),
      ],
    },
  });
  wall = await openFollower(hub.url, await hub.signIn("wallOperator"));
});
afterAll(async () => {
  wall.close();
  await hub.stop();
});

async function as(role: RoleCode): Promise<string> {
  let cookie = cookies.get(role);
  if (!cookie) cookies.set(role, (cookie = await hub.signIn(role)));
  return cookie;
}

async function take(id: string, role: RoleCode, step: string, body = {}) {
  const cookie = await as(role);
  const path = `/api/incidents/${id}`;
  const { body: view } = await ask<IncidentView>(hub, "GET", path, { cookie });
  const answer = await ask(hub, "POST", `${path}/steps`, {
    ...{ cookie },
    body: { rev: view.incident.rev, asked: { step, body } },
  });
  expect({ step, ...answer.body, status: answer.status }).toMatchObject({
    status: 200,
  });
}

/** Reported, handled by ECO, and closed; one in rework before. */
async function handled(externalId: string, isReworked: boolean) {
  await told(hub, "hotline", [
    {
      ...{ externalId, source: "hotline12345", title: externalId },
      ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west },
      // The same caller, however the seat wrote it.
      reporter: { phone: isReworked ? "+86 138-1234-5678" : "13812345678" },
    },
  ]);
  const { body } = await ask<{ items: { id: string; externalId: string }[] }>(
    ...([hub, "GET", "/api/incidents"] as const),
    { cookie: await as("leader") },
  );
  const { id } = body.items.find((each) => each.externalId === externalId)!;
  const fedBack = () =>
    take(id, "deptHandler", "feedBack", { order: 1, note: "已补装" });
  await take(id, "shiftLeader", "register");
  await take(id, "dispatcher", "dispatch", { lead: "ECO" });
  await take(id, "deptHandler", "sign", { order: 1 });
  await fedBack();
  if (isReworked) {
    await take(id, "shiftLeader", "rework", { reason: "不平整" });
    await fedBack();
  }
  await take(id, "shiftLeader", "close");
  await take(id, "hotlineSeat", "evaluate", {
    result: isReworked ? "dissatisfied" : "satisfied",
  });
}

const PERIOD = `from=${Date.now() - DAY}&to=${Date.now() + DAY}`;
const figures = async (cookie: string, more = "") =>
  ask<Statistics>(hub, "GET", `/api/statistics?${PERIOD}${more}`, { cookie });

describe("statistics", () => {
  it("show no rate on the wall while nothing was done, and the right ones afterwards", async () => {
    const room = await wall.follow("indicators", { scope: "city" });
    const valueOf = (id: string) => room.items.get(`${id}@city`)?.value ?? null;
    await room.until(() => valueOf("city.openIncidents") === 0);
    expect(valueOf("city.onTimeCloseRate")).toBeNull();
    expect(room.items.get("urb.reworkRate@city")?.state ?? "stale").toBe(
      "stale",
    );

    await handled("one", false);
    await handled("two", true);
    await room.until(
      () =>
        valueOf("urb.casesToday") === 2 && valueOf("hot.satisfaction") === 50,
    );
    expect(valueOf("city.onTimeCloseRate")).toBe(100);
    expect(valueOf("urb.onTimeRate")).toBe(100);
    // The second call was the same caller's, about the same.
    expect(valueOf("hot.repeatRate")).toBe(50);
    // Three times fed back, one of them sent back.
    expect(valueOf("urb.reworkRate")).toBe(33.3);
    expect(valueOf("city.openIncidents")).toBe(0);
  });

  it("tell a period's figures, by department and stage", async () => {
    const { body, status } = await figures(await as("leader"));
    expect(status).toBe(200);
    expect(body.totals).toMatchObject({
      ...{ registered: 2, dispatched: 2, closed: 2 },
      ...{ onTime: { n: 2, of: 2 }, handled: { n: 3, of: 3 } },
      ...{ rework: { n: 1, of: 3 }, returns: { n: 0, of: 2 } },
    });
    expect(body.before.onTime).toEqual({ n: 0, of: 0 });
    expect(body.departments.map(({ key }) => key)).toEqual(["ECO"]);
    const handle = body.stages.find(({ stage }) => stage === "handle")!;
    expect(handle.done).toBe(3);
    expect(handle.natural!.p90).toBeGreaterThanOrEqual(handle.natural!.p50);
  });

  it("tell a department of itself alone, and a filter no more than that", async () => {
    const other = await newPerson(hub, "tester", ["deptHandler"], {
      ...WHOLE_CITY,
      departments: ["TEST"],
    });
    const none = await figures(other.cookie, "&department=ECO");
    expect(none.body.departments).toEqual([]);
    expect(none.body.totals.handled).toEqual({ n: 0, of: 0 });
    const own = await figures(await as("deptHandler"));
    expect(own.body.totals.handled).toEqual({ n: 3, of: 3 });
    expect((await figures(await as("wallOperator"))).status).toBe(403);
  });

  it("go out as tables that spreadsheets read, and the audit knows who took them", async () => {
    const url = `${hub.url}/api/statistics/export?${PERIOD}&format=`;
    const headers = { cookie: await as("leader") };
    const answer = await fetch(`${url}csv`, { headers });
    // Whoever keeps several tells their periods apart, in the city's days.
    const day = (at: number) =>
      new Date(at + 8 * HOUR).toISOString().slice(0, 10);
    const [from, to] = [...PERIOD.matchAll(/\d+/g)].map(Number) as [
      number,
      number,
    ];
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="statistics-${day(from)}_${day(to - 1)}.csv"`,
    );
    const csv = Buffer.from(await answer.arrayBuffer());
    expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv.toString()).toMatch(/\r\n部门,ECO,[^\r]+,2,2,/);
    const xlsx = Buffer.from(
      await (await fetch(`${url}xlsx&language=en`, { headers })).arrayBuffer(),
    );
    // A ZIP with a workbook in it.
    expect(xlsx.subarray(0, 2).toString()).toBe("PK");
    expect(xlsx.includes("xl/workbook.xml")).toBe(true);
    const { body } = await ask<{ items: { act: string }[] }>(
      ...([hub, "GET", "/api/audit?act=exportStatistics"] as const),
      { cookie: await as("auditAdmin") },
    );
    expect(body.items).toHaveLength(2);
  });

  it("name no caller where a system calls its source by who called", async () => {
    await told(hub, "hotline", [
      {
        ...{ externalId: "caller", source: "来电 13812345678" },
        ...{ title: "caller", category: "pothole", reportedAt: Date.now() },
        ...PLACES.west,
      },
    ]);
    const { body: listed } = await ask<{
      items: { id: string; externalId: string }[];
    }>(hub, "GET", "/api/incidents", { cookie: await as("leader") });
    const { id } = listed.items.find((each) => each.externalId === "caller")!;
    await take(id, "shiftLeader", "register");
    const { body } = await figures(await as("leader"));
    const keys = body.sources.map(({ key }) => key);
    expect(keys).toContain("来电 138****5678");
  });

  it("lead from each number to the incidents that it counts, and to nobody else's", async () => {
    const listOf = (cookie: string, more: string) =>
      ask<{ items: CountedIncident[]; cursor: string | null }>(
        ...([
          hub,
          "GET",
          `/api/statistics/incidents?${PERIOD}&${more}`,
        ] as const),
        { cookie },
      );
    const leader = await as("leader");
    const { totals, departments } = (await figures(leader)).body;
    const counted: [string, number][] = [
      ["measure=registered", totals.registered],
      ["measure=closed", totals.closed],
      ["measure=whole.settled", totals.onTime.of],
      ["measure=handle.kept", totals.handled.n],
      ["measure=reworked", totals.rework.n],
      [
        "measure=handle.settled&department=ECO",
        departments.find(({ key }) => key === "ECO")!.figures.handled.of,
      ],
    ];
    for (const [more, n] of counted) {
      const { body } = await listOf(leader, more);
      expect([more, body.items.length]).toEqual([more, n]);
    }
    const first = await listOf(leader, "measure=handle.settled&limit=2");
    expect(first.body.items).toHaveLength(2);
    expect(first.body.items[0]).toMatchObject({
      ...{ department: "ECO", order: 1, act: null, isKept: true },
      incident: { category: "0406" },
    });
    const rest = await listOf(
      leader,
      `measure=handle.settled&cursor=${first.body.cursor!}`,
    );
    expect(rest.body.items).toHaveLength(totals.handled.of - 2);

    const other = await newPerson(hub, "tester2", ["deptHandler"], {
      ...WHOLE_CITY,
      departments: ["TEST"],
    });
    const none = await listOf(other.cookie, "measure=handle.settled");
    expect(none.body.items).toEqual([]);
    const wall = await as("wallOperator");
    expect((await listOf(wall, "measure=closed")).status).toBe(403);
    expect((await listOf(leader, "measure=everything")).status).toBe(400);
  });

  it("tell towns and domains apart, each with its incidents behind it", async () => {
    const leader = await as("leader");
    const countOf = async (more: string) => {
      const { body } = await ask<{ items: CountedIncident[] }>(
        ...([
          hub,
          "GET",
          `/api/statistics/incidents?${PERIOD}&measure=registered&${more}`,
        ] as const),
        { cookie: leader },
      );
      return body.items.length;
    };
    const { towns, domains } = (await figures(leader)).body;
    expect(
      towns.map(({ key, nameZh, figures: { registered } }) => [
        ...[key, nameZh, registered],
      ]),
    ).toEqual([["999001001", "西街道", 3]]);
    expect(await countOf("town=999001001")).toBe(3);
    expect(await countOf("town=")).toBe(0);
    const registered = domains.map((part) => [
      ...[part.key, part.figures.registered],
    ]);
    expect(registered.sort()).toEqual([
      ["", 2],
      ["urban", 1],
    ]);
    expect(await countOf("domain=urban")).toBe(1);
    expect(await countOf("domain=")).toBe(2);
    expect(await countOf("domain=urban&category=pothole")).toBe(1);
    expect(await countOf("domain=&category=pothole")).toBe(0);
    const csv = await ask<string>(
      ...([hub, "GET", `/api/statistics/export?${PERIOD}&format=csv`] as const),
      { cookie: leader },
    );
    expect(csv.body).toContain("\r\n街道（镇）,999001001,西街道,3,");
  });

  it("say of a source that names a caller that it cannot be asked for, be it masked or guessed", async () => {
    for (const source of ["来电 138****5678", "来电 13812345678"]) {
      const { status, body } = await ask<{ code: string }>(
        ...([
          hub,
          "GET",
          `/api/statistics?${PERIOD}&source=${encodeURIComponent(source)}`,
        ] as const),
        { cookie: await as("leader") },
      );
      expect([status, body.code]).toEqual([422, "sourceHidden"]);
    }
  });

  it("are counted only so often for one account", async () => {
    const { cookie } = await newPerson(hub, "hurried", ["leader"], WHOLE_CITY);
    const statuses: number[] = [];
    for (let i = 0; i < 60; i++) statuses.push((await figures(cookie)).status);
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });

  it("are asked for no longer than 400 days", async () => {
    const { status } = await ask(
      ...([hub, "GET", `/api/statistics?from=0&to=${401 * DAY}`] as const),
      { cookie: await as("leader") },
    );
    expect(status).toBe(400);
  });
});
