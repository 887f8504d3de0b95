/**
 * The permission matrix, asserted both ways: whoever may gets through, everybody
 * else is refused, and those who get through see their own rows and no other.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, type DoorName } from "../../contract/api.ts";
import type { Door } from "../../contract/door.ts";
import { WHOLE_CITY, type DataScope } from "../../contract/data-scope.ts";
import { RoleCode } from "../../contract/role.ts";
import { topics, type TopicName } from "../../contract/topic.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson, pairWall } from "../kit/staff.ts";
import { DOORS, TOPICS, type Who } from "./matrix.ts";
import { look, MATRIX_CITY, OWN, tellTheCity, type Rows } from "./rows.ts";

const EVERYBODY: Who[] = ["stranger", "wall", ...RoleCode.options];
const WIDE: DataScope = { departments: OWN.departments, districts: null };

let hub: Hub;
/** Of people of every role, whose scope is their own department in their own district. */
const cookies = new Map<Who, string | null>();
/** Of a department in all its districts. */
const wide = new Map<Who, string | null>();
/** Of the whole city. */
const everywhere = new Map<Who, string | null>();
let counted = 0;

beforeAll(async () => {
  hub = await startHub({ city: MATRIX_CITY });
  await tellTheCity(hub);
  for (const role of RoleCode.options) {
    const login = role.toLowerCase();
    const own = await newPerson(hub, `own-${login}`, [role], OWN);
    cookies.set(role, own.cookie);
    const of = await newPerson(hub, `wide-${login}`, [role], WIDE);
    wide.set(role, of.cookie);
    // The demo's handler and grid worker have a scope of their own.
    const all = await newPerson(hub, `all-${login}`, [role], WHOLE_CITY);
    everywhere.set(role, all.cookie);
  }
  for (const [held, scope] of [
    [cookies, OWN],
    [wide, WIDE],
    [everywhere, WHOLE_CITY],
  ] as const)
    held.set("wall", (await pairWall(hub, { scope })).cookie);
  cookies.set("stranger", null);
}, 240_000);
afterAll(async () => {
  await hub?.stop();
  console.log(`permission matrix: ${counted} judgements over HTTP and sockets`);
});

const OCTETS = { "content-type": "application/octet-stream" };

/** Passes the permission or not; what lies behind it is not reached. */
async function passes(door: DoorName, cookie: string | null): Promise<boolean> {
  const { method, path, bytes }: Door = api[door];
  const { status, body } = await ask<{ detail?: string }>(
    hub,
    method,
    // Of nothing that exists, so that nobody changes anything.
    path.replaceAll(/\{\w+\}/g, "no-such-thing"),
    {
      ...{ cookie, ...(bytes !== undefined && { headers: OCTETS }) },
      ...(method !== "GET" && { body: { not: "what it expects" } }),
    },
  );
  counted++;
  if (status === 500) throw new Error(`${door}: ${JSON.stringify(body)}`);
  return !(status === 401 || status === 403);
}

/** Through with it, a session is over: it comes last, with another's. */
const LAST: DoorName[] = ["signOut"];

function everyRoleAt(doors: DoorName[], held: ReadonlyMap<Who, string | null>) {
  for (const door of doors)
    it(`${door}: ${DOORS[door].may.join(", ")}`, async () => {
      const through: Who[] = [];
      for (const who of EVERYBODY)
        if (await passes(door, held.get(who) ?? null)) through.push(who);
      expect(through.sort()).toEqual([...DOORS[door].may].sort());
    }, 60_000);
}

describe("every door and every role", () =>
  everyRoleAt(
    (Object.keys(DOORS) as DoorName[]).filter((door) => !LAST.includes(door)),
    cookies,
  ));

describe("every topic and every role", () => {
  for (const topic of Object.keys(TOPICS) as TopicName[])
    it(`${topic}: ${TOPICS[topic].may.join(", ")}`, async () => {
      const through: Who[] = [];
      for (const who of EVERYBODY) {
        counted++;
        const follower = await openFollower(
          hub.url,
          cookies.get(who) ?? "",
        ).catch(() => null);
        if (!follower) continue;
        const params = topic === "sensors" ? { kind: "gauge" } : {};
        const answer = await follower.ask(topic, params);
        follower.close();
        if ("room" in answer) through.push(who);
      }
      expect(through.sort()).toEqual([...TOPICS[topic].may].sort());
    });
});

/** What one with this scope sees of the city that was told. */
const OWN_ROWS: Rows = ["own department, own district"];
const WIDE_ROWS: Rows = [
  "own department, foreign district",
  "own department, no district",
  "own department, own district",
];
const ALL_ROWS: Rows = [
  "foreign department, foreign district",
  "foreign department, own district",
  "own department, foreign district",
  "own department, no district",
  "own department, own district",
];

describe("rows of their own department and district, and no other", () => {
  for (const [what, { seen, of = ALL_ROWS }] of Object.entries(look))
    it(
      what,
      async () => {
        const { may, rows } =
          what in DOORS
            ? DOORS[what as DoorName]
            : TOPICS[what.slice(6) as TopicName];
        expect(rows).toBe("scope");
        for (const who of may) {
          for (const [scope, held, expected] of [
            ["own", cookies, OWN_ROWS],
            ["wide", wide, WIDE_ROWS],
            ["whole city", everywhere, of],
          ] as const) {
            counted++;
            const rows = await seen(hub, held.get(who)!);
            expect({ who, scope, rows }).toEqual({
              ...{ who, scope },
              rows: expected.filter((row) => of.includes(row)),
            });
          }
        }
      },
      60_000,
    );

  it("every door and topic whose rows have a scope is looked through", () => {
    const scoped = [
      ...Object.keys(DOORS).filter(
        (name) => DOORS[name as DoorName].rows === "scope",
      ),
      ...Object.keys(TOPICS)
        .filter((name) => TOPICS[name as TopicName].rows === "scope")
        .map((name) => `topic ${name}`),
    ];
    expect(Object.keys(look).sort()).toEqual(scoped.sort());
    expect(Object.keys(TOPICS).sort()).toEqual(Object.keys(topics).sort());
    expect(Object.keys(DOORS).sort()).toEqual(Object.keys(api).sort());
  });
});

describe("and at last", () => everyRoleAt(LAST, everywhere));
