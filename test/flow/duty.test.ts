/** The duty over the real doors: who is on, what is written, how a shift passes from one hand to the next. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  DutyEntry,
  DutyNow,
  HandOver,
  RosterRow,
  ShiftSummary,
} from "../../contract/duty.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Problem } from "../../contract/door.ts";
import type { RoleCode } from "../../contract/role.ts";
import { DAY } from "../../contract/time.ts";
import { PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { FLOW_CITY, told } from "./city.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
});
afterAll(() => hub.stop());

async function at<T>(
  role: RoleCode,
  method: string,
  path: string,
  body?: object,
) {
  return ask<T & Problem>(hub, method, `/api/duty${path}`, {
    cookie: await hub.signIn(role),
    ...(body && { body }),
  });
}
const now = async (role: RoleCode = "dutyOfficer") =>
  (await at<DutyNow>(role, "GET", "")).body;

const dateIn = (days: number) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(
    Date.now() + days * DAY,
  );

const roster = async () =>
  (
    await at<{ rev: number; rows: RosterRow[] }>(
      ...(["dutyOfficer", "GET"] as const),
      `/roster?from=${dateIn(-1)}&to=${dateIn(3)}`,
    )
  ).body;

/** Everybody on every shift from yesterday to the day after tomorrow. */
const csv = () =>
  [
    "date,shift,role,login,name,phone",
    ...[-1, 0, 1, 2].flatMap((day) =>
      ["early", "middle", "night"].flatMap((shift) => [
        `${dateIn(day)},${shift},dutyLeader,,林知行,15412345678`,
        `${dateIn(day)},${shift},shiftLeader,demo-shiftleader,顾明川,15487654321`,
      ]),
    ),
  ].join("\n");

describe("the roster", () => {
  it("tells each wrong line with its number, in words that a page can say in Chinese", async () => {
    const wrong = `${csv()}\n${dateIn(1)},noon,seat,,林,\n`;
    const { status, body } = await at<object>("dutyOfficer", "PUT", "/roster", {
      ...{ rev: 0, csv: wrong },
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { code: "cellWrong", facts: { line: 26, column: "shift" } },
    ]);
    const unknown = `date,shift,role,login,name\n${dateIn(1)},early,seat,nobody,林`;
    const second = await at<object>("dutyOfficer", "PUT", "/roster", {
      ...{ rev: 0, csv: unknown },
    });
    expect(second.body.errors?.[0]?.message).toBe("there is no account nobody");
  });

  it("is changed from today on, by one of two who saw the same revision", async () => {
    const put = () =>
      at<{ days: number; over: number }>("dutyOfficer", "PUT", "/roster", {
        ...{ rev: 0, csv: csv() },
      });
    // Of yesterday its night is set as long as it lasts.
    const { on } = await now();
    const lasts = Number(on!.date < dateIn(0));
    const first = await put();
    expect(first.body).toMatchObject({
      ...{ rev: 1, days: 3 + lasts, over: 1 - lasts },
    });
    const second = await put();
    expect(second.status).toBe(409);
    expect(second.body.detail).toBe(
      "the roster is no longer at rev 0; it is at 1",
    );
  });

  it("tells whoever looks at the city who is next, and the telephone only those on duty", async () => {
    const [seen, kept] = [await now("leader"), await now()];
    expect(kept.next?.people[0]).toEqual({
      ...{ role: "dutyLeader", name: "林知行", phone: "15412345678" },
    });
    expect(seen.next?.people[0]?.phone).toBe("154****5678");
  });

  it("is changed shift by shift, tells the log who changed what, and is put back", async () => {
    const date = dateIn(2);
    const set = (rev: number, name: string) =>
      at<{ rev: number }>("shiftLeader", "POST", "/roster/cells", {
        ...{ rev, cells: [{ date, shift: "early", people: peopleOf(name) }] },
      });
    const peopleOf = (name: string) =>
      name === "" ? [] : [{ role: "dutyLeader", name, phone: "15400001111" }];
    const { rev } = await roster();
    expect((await set(rev, "沈一舟")).body).toEqual({ rev: rev + 1 });
    const late = await set(rev, "林知行");
    expect([late.status, late.body.code]).toEqual([409, "rosterMoved"]);
    const { items } = (
      await at<{ items: DutyEntry[] }>("dutyOfficer", "GET", "/log")
    ).body;
    expect(items[0]).toMatchObject({ kind: "roster", by: "demo-shiftleader" });
    expect(items[0]!.text).toContain(
      `${date} early dutyLeader: 林知行 → 沈一舟`,
    );
    expect(items[0]!.text).not.toContain("15400001111");
    // A whole day may be left without anybody, which no table can say.
    expect((await set(rev + 1, "")).status).toBe(200);
    const { rows } = await roster();
    expect(
      rows.filter((row) => row.date === date && row.shift === "early"),
    ).toEqual([]);
    expect(
      rows.filter((row) => row.date === date && row.shift === "night"),
    ).toHaveLength(2);
  });

  it("refuses a day that is over, a shift that is none and an account that is none", async () => {
    const { rev } = await roster();
    const cell = { date: dateIn(1), shift: "early", people: [] as object[] };
    const codeOf = async (wrong: Partial<typeof cell>) => {
      const { status, body } = await at<object>(
        ...(["shiftLeader", "POST", "/roster/cells"] as const),
        { rev, cells: [{ ...cell, ...wrong }] },
      );
      return [status, body.errors?.[0]?.code];
    };
    expect(await codeOf({ date: dateIn(-1) })).toEqual([422, "dayOver"]);
    expect(await codeOf({ shift: "noon" })).toEqual([422, "noShift"]);
    const nobody = [{ role: "seat", name: "林", login: "nobody" }];
    expect(await codeOf({ people: nobody })).toEqual([422, "noAccount"]);
    const twice = await at<object>("shiftLeader", "POST", "/roster/cells", {
      ...{ rev, cells: [cell, cell] },
    });
    expect(twice.body.errors?.[0]).toMatchObject({
      ...{ path: "/body/cells/1", code: "cellTwice" },
    });
    const forged = { kind: "roster", text: "林知行 → 沈一舟" };
    expect((await at("dutyOfficer", "POST", "/log", forged)).status).toBe(400);
  });
});

describe("the log", () => {
  it("keeps an entry and its correction, masks numbers, and knows the incident by its number", async () => {
    await told(hub, "hotline", [
      {
        ...{ externalId: "d1", source: "12345", title: "井盖缺失" },
        ...{ reportedAt: Date.now(), ...PLACES.west },
      },
    ]);
    const { body: found } = await ask<{
      items: { id: string; number: string }[];
    }>(hub, "GET", "/api/incidents", { cookie: await hub.signIn("leader") });
    const { id, number } = found.items[0]!;
    const write = (body: object) =>
      at<DutyEntry>("dutyOfficer", "POST", "/log", body);
    const first = await write({
      ...{ kind: "call", text: "市民 13812345678 来电", incident: number },
    });
    expect(first.body).toMatchObject({
      ...{ text: "市民 138****5678 来电", incident: { id, number } },
    });
    await write({
      ...{ kind: "call", text: "已回电", corrects: first.body.id },
    });
    const { body } = await at<{ items: DutyEntry[] }>(
      ...(["shiftLeader", "GET", "/log"] as const),
    );
    const written = body.items.filter(({ kind }) => kind !== "roster");
    expect(written.map(({ correctedBy }) => correctedBy)).toEqual([
      null,
      body.items[0]!.id,
    ]);
    const missing = await write({
      ...{ kind: "note", text: "x", incident: "2026-9999999" },
    });
    expect(missing.body.errors?.[0]?.path).toBe("/body/incident");
  });

  it("is the city centre's: an officer of one district neither reads nor writes it", async () => {
    const { cookie } = await newPerson(hub, "west-officer", ["dutyOfficer"], {
      ...{ departments: null, districts: ["999001"] },
    });
    const read = await ask<{ items: unknown[] }>(
      ...([hub, "GET", "/api/duty/log", { cookie }] as const),
    );
    expect(read.body.items).toEqual([]);
    const body = { kind: "note", text: "x" };
    const wrote = await ask(hub, "POST", "/api/duty/log", { cookie, body });
    expect(wrote.status).toBe(403);
  });
});

describe("a hand-over", () => {
  it("leaves the former shift on until the next receives it, and the wall sees both", async () => {
    const wall = await openFollower(hub.url, await hub.signIn("wallOperator"));
    const room = await wall.follow("duty", {});
    const { on, next } = await now();
    const { date, shift } = on!;
    const given = await at<HandOver>("dutyOfficer", "POST", "/hand-overs", {
      ...{ date, shift, to: "demo-shiftleader", comment: "泵站待复电" },
    });
    expect(given.status).toBe(200);
    expect(given.body.summary).toMatchObject({
      ...{ reported: 1, open: 1, entries: { total: 5 } },
    } satisfies Partial<Record<keyof ShiftSummary, unknown>>);
    await room.until((items) => items.get("now")?.waiting !== null);
    expect((await now()).on).toMatchObject({ date, shift });

    const path = `/hand-overs/${given.body.id}/receive`;
    const self = await at<HandOver>("dutyOfficer", "POST", path, {});
    expect(self.status).toBe(403);
    const stranger = await newPerson(
      hub,
      "another",
      ["dutyOfficer"],
      WHOLE_CITY,
    );
    const other = await ask(hub, "POST", `/api/duty${path}`, {
      ...{ cookie: stranger.cookie, body: {} },
    });
    expect(other.status).toBe(403);
    const received = await at<HandOver>("shiftLeader", "POST", path, {
      remarks: "已核对",
    });
    expect(received.body.receivedByName).toBeTruthy();
    await room.until((items) => items.get("now")?.on?.shift === next?.shift);
    expect((await at("shiftLeader", "POST", path, {})).status).toBe(409);
    wall.close();
  });

  it("is remembered over a restart of the hub", async () => {
    const before = await now();
    await hub.end();
    await hub.restart();
    expect(await now()).toEqual(before);
  });
});
