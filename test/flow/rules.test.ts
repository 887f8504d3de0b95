/** The city takes limits and a calendar at its own door: what holds from then on, and what keeps what it began with. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditLine } from "../../contract/audit.ts";
import type { Incident } from "../../contract/incident.ts";
import type { Edition, RulesPreview } from "../../contract/rule-table.ts";
import { createZone } from "../../contract/zone.ts";
import { DAY } from "../../contract/time.ts";
import { CITY_ZONE, PLACES, type CityPlan } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { eventually, told } from "./city.ts";

const CITY: CityPlan = { feeds: [{ id: "calls", format: "incidents/1" }] };

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({ city: CITY });
});
afterAll(() => hub?.stop());

const rules = async <T>(method: string, path: string, body?: unknown) =>
  ask<T>(hub, method, `/api/rules${path}`, {
    ...{ cookie: await hub.signIn(), body },
  });
const preview = async (table: string, given: object) =>
  (await rules<RulesPreview>("POST", `/${table}/preview`, { given })).body;
const put = (table: string, given: object, edition: number) =>
  rules<Edition>("PUT", `/${table}`, { given, edition });

const report = (externalId: string) =>
  told(hub, "calls", [
    {
      ...{ externalId, source: "12345", title: "井盖缺失", ...PLACES.west },
      ...{ category: "pothole", reportedAt: Date.now() },
    },
  ]);
async function incident(externalId: string): Promise<Incident> {
  const { body } = await ask<{ items: Incident[] }>(
    ...([hub, "GET", "/api/incidents?limit=100"] as const),
    { cookie: await hub.signIn("shiftLeader") },
  );
  return body.items.find((each) => each.externalId === externalId)!;
}

const LIMITS = "category,matterClass,stage,amount,type";
const zone = createZone(CITY_ZONE);
const dateOf = (at: number) =>
  new Date(Math.floor(zone.localAt(at) / DAY) * DAY).toISOString().slice(0, 10);

describe("a table with flaws", () => {
  const csv = `${LIMITS}\nnone,,accept,1,workHour\n,,lunch,many,workHour\n,,accept,1,workHour\n,,accept,2,workHour\n`;

  it("is told every one of them by line, and not taken", async () => {
    const { flaws } = await preview("limits", { csv });
    const codes = flaws.map(({ facts }) => [
      facts?.["line"],
      facts?.["column"],
    ]);
    expect(codes).toEqual([
      ...[
        [2, "category"],
        [3, "amount"],
        [3, "stage"],
      ],
      [5, undefined],
    ]);
    const { status } = await put("limits", { csv }, 0);
    expect(status).toBe(422);
    expect((await put("calendar", { csv: "date\n" }, 0)).status).toBe(422);
    expect((await put("menu", { csv }, 0)).status).toBe(404);
  });
});

describe("a table that is wrong all over", () => {
  it("is told in its first thousand places, and holds nobody up", async () => {
    const csv = `${LIMITS}\n${"x,x,x,x,x\n".repeat(95_000)}`;
    const { flaws } = await preview("limits", { csv });
    expect(flaws).toHaveLength(1000);
  });

  it("may name no more days than a city has holidays: every page is sent them", async () => {
    const dates = Array.from({ length: 3001 }, (_, i) =>
      new Date(Date.UTC(2027, 0, 1 + i)).toISOString().slice(0, 10),
    );
    const csv = `date,kind\n${dates.map((date) => `${date},holiday\n`).join("")}`;
    const { status, body } = await put("calendar", { csv }, 0);
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain("at most 3000 days");
  });
});

describe("limits that are taken", () => {
  const csv = `${LIMITS}\npothole,,accept,3,workHour\n`;

  it("say beforehand what changes, and hold for what is reported from then on", async () => {
    await report("before");
    const { limits, clocks } = await preview("limits", { csv });
    expect(limits).toMatchObject([
      { before: null, after: { category: "pothole", amount: 3 } },
    ]);
    expect(clocks).toMatchObject({ running: 1, moved: 0 });
    expect((await put("limits", { csv }, 0)).status).toBe(200);
    await report("after");
    const limitOf = async (id: string) => (await incident(id)).due!.limit;
    expect(await limitOf("before")).toEqual({ amount: 0.5, type: "workHour" });
    expect(await limitOf("after")).toEqual({ amount: 3, type: "workHour" });
  });

  it("are taken once: whoever saw the edition before is told so", async () => {
    const again = `${LIMITS}\npothole,,accept,4,workHour\n`;
    const { status, body } = await put("limits", { csv: again }, 0);
    expect({ status, body }).toMatchObject({
      ...{ status: 409, body: { code: "rulesMoved", facts: { now: 1 } } },
    });
    expect((await put("limits", { csv }, 1)).body).toMatchObject({
      code: "rulesSame",
    });
  });

  it("are undone by the edition before, in a line of the audit each", async () => {
    expect((await put("limits", { no: 0 }, 1)).body.no).toBe(2);
    await report("undone");
    expect((await incident("undone")).due!.limit.amount).toBe(0.5);
    const lines = await eventually(
      async () =>
        (
          await ask<{ items: AuditLine[] }>(
            ...([hub, "GET", "/api/audit?act=putRules&result=done"] as const),
            { cookie: await hub.signIn("auditAdmin") },
          )
        ).body.items,
      (found) => found.length === 2,
    );
    expect(lines[0]!.object).toBe("rules/limits");
    expect(lines[0]!.after).toContain('"asEdition":0');
  });
});

describe("a calendar that is taken", () => {
  it("moves the deadlines of what runs, as its preview counted, and stands after a restart", async () => {
    const before = (await incident("before")).due!;
    const date = dateOf(before.dueAt!);
    const csv = `date,kind,nameZh,nameEn\n${date},holiday,停工日,Day off\n`;
    const { days, clocks } = await preview("calendar", { csv });
    expect(days).toMatchObject([{ before: null, after: { date } }]);
    expect(clocks).toMatchObject({ running: 3, moved: 3, overdue: 0 });
    const desk = await openFollower(hub.url, await hub.signIn("dispatcher"));
    expect((await put("calendar", { csv }, 0)).status).toBe(200);
    // Pages that are open reckon by it at once.
    await eventually(
      () => Promise.resolve(desk.cityChanges()),
      (times) => times === 1,
    );
    desk.close();

    const moved = (await incident("before")).due!;
    expect(moved.limit).toEqual(before.limit);
    expect(moved.dueAt!).toBeGreaterThan(before.dueAt!);
    expect(dateOf(moved.dueAt!)).not.toBe(date);

    await hub.end();
    await hub.restart();
    expect((await incident("before")).due!.dueAt).toBe(moved.dueAt);
    const { body } = await rules<{
      calendar: { editions: Edition[] };
      limits: { editions: Edition[] };
    }>("GET", "");
    expect(body.calendar.editions.map(({ no }) => no)).toEqual([1, 0]);
    expect(body.limits.editions.map(({ no }) => no)).toEqual([2, 1, 0]);
  });
});
