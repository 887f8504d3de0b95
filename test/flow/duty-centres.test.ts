/** A city and two districts, each with a centre that keeps its own duty, over the real doors. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DistrictCentre } from "../../contract/city.ts";
import type { DataScope } from "../../contract/data-scope.ts";
import type {
  DutyCentre,
  DutyEntry,
  DutyNow,
  HandOver,
  RosterRow,
  ShiftSummary,
} from "../../contract/duty.ts";
import type { Problem } from "../../contract/door.ts";
import { DAY } from "../../contract/time.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { FLOW_CITY, told } from "./city.ts";

let hub: Hub;
/** Login → cookie. */
const cookies = new Map<string, string>();
const PEOPLE: Record<string, DataScope> = {
  // By the department that is the centre, and by the district that it is of.
  "east-officer": { departments: ["EAST"], districts: null },
  "east-leader": { departments: null, districts: [DISTRICTS.east.code] },
  "west-officer": { departments: null, districts: [DISTRICTS.west.code] },
  "eco-officer": { departments: ["ECO"], districts: null },
};
beforeAll(async () => {
  hub = await startHub({
    city: {
      feeds: [
        ...FLOW_CITY.feeds,
        { id: "east-hotline", format: "incidents/1", department: "EAST" },
      ],
      centres: { WEST: "west", EAST: "east" },
    },
  });
  for (const [login, scope] of Object.entries(PEOPLE)) {
    const { cookie } = await newPerson(hub, login, ["dutyOfficer"], scope);
    cookies.set(login, cookie);
  }
  cookies.set("city", await hub.signIn("dutyOfficer"));
});
afterAll(() => hub.stop());

const as = <T>(who: string, method: string, path: string, body?: object) =>
  ask<T & Problem>(hub, method, `/api/duty${path}`, {
    cookie: cookies.get(who)!,
    ...(body && { body }),
  });
const get = async <T>(who: string, path: string) =>
  (await as<T>(who, "GET", path)).body;
const textsOf = async (who: string, path = "/log") =>
  (await get<{ items: DutyEntry[] }>(who, path)).items.map(({ text }) => text);
const note = (who: string, text: string, of = "") =>
  as<DutyEntry>(who, "POST", `/log${of}`, { kind: "note", text });

it("tells every page which departments a matter can be passed down to", async () => {
  const { body } = await ask<{ centres: DistrictCentre[] }>(
    hub,
    "GET",
    "/api/city",
    {
      cookie: cookies.get("city")!,
    },
  );
  expect(body.centres).toEqual([
    { code: "WEST", district: DISTRICTS.west.code },
    { code: "EAST", district: DISTRICTS.east.code },
  ]);
});

it("tells each of its people which centres they read, their own first", async () => {
  const read = async (who: string) =>
    (await get<{ items: DutyCentre[] }>(who, "/centres")).items;
  const east = [{ code: "EAST", isOwn: true }];
  expect(await read("east-officer")).toEqual(east);
  expect(await read("east-leader")).toEqual(east);
  expect(await read("eco-officer")).toEqual([]);
  expect(await read("city")).toEqual([
    { code: null, isOwn: true },
    { code: "WEST", isOwn: false },
    { code: "EAST", isOwn: false },
  ]);
});

describe("the log of a centre", () => {
  it("is written and read by its own people, by department or by district", async () => {
    expect((await note("east-officer", "东区来电")).status).toBe(200);
    expect((await note("west-officer", "西区来电")).status).toBe(200);
    expect((await note("city", "市级指示")).status).toBe(200);
    expect(await textsOf("east-leader")).toEqual(["东区来电"]);
    expect(await textsOf("west-officer")).toEqual(["西区来电"]);
    expect(await textsOf("city")).toEqual(["市级指示"]);
  });

  it("is hidden from another district and from a department that is no centre", async () => {
    const other = await as("west-officer", "GET", "/log?centre=EAST");
    expect([other.status, other.body.code]).toEqual([404, "noDutyCentre"]);
    expect((await note("west-officer", "x", "?centre=EAST")).status).toBe(404);
    expect(await textsOf("eco-officer")).toEqual([]);
    expect((await note("eco-officer", "x")).status).toBe(403);
  });

  it("is read by the city, which does not write there", async () => {
    expect(await textsOf("city", "/log?centre=EAST")).toEqual(["东区来电"]);
    const wrote = await note("city", "x", "?centre=EAST");
    expect([wrote.status, wrote.body.code]).toEqual([403, "dutyOfOthers"]);
    expect(await textsOf("city", "/log?centre=EAST")).toEqual(["东区来电"]);
  });

  it("corrects no entry of another centre", async () => {
    const { items } = await get<{ items: DutyEntry[] }>("city", "/log");
    const body = { kind: "note", text: "x", corrects: items[0]!.id };
    const wrote = await as("east-officer", "POST", "/log", body);
    expect([wrote.status, wrote.body.errors?.[0]?.code]).toEqual([
      ...([422, "noEntry"] as const),
    ]);
  });
});

describe("the shift of a centre", () => {
  it("counts the centre's own incidents, the same for all its people and for the city", async () => {
    const incident = (externalId: string, place: "west" | "east") => ({
      ...{ externalId, source: "grid", title: externalId },
      ...{ reportedAt: Date.now(), ...PLACES[place] },
    });
    await told(hub, "hotline", [
      incident("w1", "west"),
      incident("e1", "east"),
    ]);
    await told(hub, "east-hotline", [
      incident("e2", "east"),
      // Of its department, and in another district.
      incident("w2", "west"),
    ]);
    const reported = async (who: string, of = "") =>
      (await get<ShiftSummary>(who, `/summary${of}`)).reported;
    expect(await reported("city")).toBe(4);
    expect(await reported("east-officer")).toBe(1);
    expect(await reported("east-leader")).toBe(1);
    expect(await reported("city", "?centre=EAST")).toBe(1);
    expect(await reported("west-officer")).toBe(0);
  });

  it("is handed over within the centre, while the city's and the other's go on", async () => {
    const city = await openFollower(hub.url, cookies.get("city")!);
    const room = await city.follow("duty", {});
    const west = await openFollower(hub.url, cookies.get("west-officer")!);
    const seen = await west.follow("duty", {});
    const { on } = await get<DutyNow>("east-officer", "");
    const { date, shift } = on!;
    const given = await as<HandOver>("east-officer", "POST", "/hand-overs", {
      ...{ date, shift, to: "east-leader" },
    });
    expect(given.body.summary).toMatchObject({
      ...{ reported: 1, entries: { total: 1 } },
    });
    await room.until((items) => items.get("EAST")?.waiting !== null);
    expect(room.items.get("now")?.waiting).toBeNull();
    // Another district's watch is told of its own and of the city's.
    expect([...seen.items.keys()].sort()).toEqual(["WEST", "now"]);
    const path = `/hand-overs/${given.body.id}/receive`;
    expect((await as("west-officer", "POST", path, {})).status).toBe(404);
    const byCity = await as("city", "POST", `${path}?centre=EAST`, {});
    expect(byCity.status).toBe(404);
    expect((await as("east-leader", "POST", path, {})).status).toBe(200);
    const { items } = await get<{ items: HandOver[] }>("city", "/hand-overs");
    expect(items).toEqual([]);
    [city, west].forEach((one) => one.close());
  });
});

it("takes a roster of one centre, and leaves the others' as they were", async () => {
  const tomorrow = new Intl.DateTimeFormat("en-CA", {
    timeZone: "Asia/Shanghai",
  }).format(Date.now() + DAY);
  const csv = [
    "centre,date,shift,role,name",
    `EAST,${tomorrow},early,seat,沈一舟`,
    // The same table may have others' rows in it.
    `WEST,${tomorrow},early,seat,林知行`,
  ].join("\n");
  const put = await as("east-leader", "PUT", "/roster", { rev: 0, csv });
  expect(put.body).toMatchObject({ rev: 1, days: 1 });
  const namesOf = async (who: string, of = "") =>
    (
      await get<{ rows: RosterRow[] }>(
        who,
        `/roster?from=${tomorrow}&to=${tomorrow}${of}`,
      )
    ).rows.map(({ name }) => name);
  expect(await namesOf("city", "&centre=EAST")).toEqual(["沈一舟"]);
  expect(await namesOf("west-officer")).toEqual([]);
  expect(await namesOf("city")).toEqual([]);
});

it("is remembered over a restart of the hub", async () => {
  const before = await get<DutyNow>("east-officer", "");
  await hub.end();
  await hub.restart();
  expect(await get<DutyNow>("east-officer", "")).toEqual(before);
  expect(before.id).toBe("EAST");
});
