/** The demo's staff over the real doors: matters go on by themselves, and a visitor's are left alone. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import { createStaff, STAFF_ROLES } from "../../mock-feeds/city/accounts.ts";
import { openDesk } from "../../mock-feeds/staff/desk.ts";
import { isLeft } from "../../mock-feeds/staff/choose.ts";
import { startStaff, type Staff } from "../../mock-feeds/staff/work.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { eventually, FLOW_CITY, told } from "./city.ts";

const SEED = 42;
const MATTERS = 60;
const CATEGORY = "pothole";
const rows = createStaff().map((row) =>
  Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [column, String(cell)]),
  ),
);
const logins = new Set(createStaff().map(({ login }) => login));
const [stop, anew] = [new AbortController(), new AbortController()];
const troubles: string[] = [];
let hub: Hub;
let staff: Staff;

beforeAll(async () => {
  hub = await startHub({ city: { ...FLOW_CITY, accounts: rows } });
});
afterAll(async () => {
  stop.abort();
  anew.abort();
  await staff?.ended;
  await hub.stop();
});

const start = ({ signal }: AbortController) =>
  startStaff({
    ...{ hub: hub.url, file: join(hub.dataDir, "staff-links.json") },
    ...{ seed: SEED, speed: 3600, signal },
    city: {
      categories: [
        { code: CATEGORY, department: "ECO" },
        { code: "other", department: "TEST" },
      ],
    },
    onTrouble: (message) => troubles.push(message),
  });

/** Those that the hub left at its start: the staff spends them. */
const spent = new Set<string>();
const readLinks = () =>
  JSON.parse(readFileSync(join(hub.dataDir, "staff-links.json"), "utf8")) as {
    login: string;
    url: string;
  }[];

const list = async () =>
  (
    await ask<{ items: Incident[] }>(hub, "GET", "/api/incidents?limit=500", {
      cookie: await hub.signIn("leader"),
    })
  ).body.items;

const view = async (id: string) =>
  (
    await ask<IncidentView>(hub, "GET", `/api/incidents/${id}`, {
      cookie: await hub.signIn("leader"),
    })
  ).body;

const as = async (
  role: RoleCode,
  method: string,
  path: string,
  body: object,
) => {
  const answer = await ask<{ id: string }>(hub, method, path, {
    ...{ cookie: await hub.signIn(role), body },
  });
  expect(answer.status).toBe(200);
  return answer.body;
};

it("has links of its own, which visitors are not told and only the hub's user can read", () => {
  const file = join(hub.dataDir, "staff-links.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const links = readLinks();
  for (const { url } of links) spent.add(url);
  expect(new Set(links.map(({ login }) => login))).toEqual(logins);
  const visitors = readFileSync(
    join(hub.dataDir, "sign-in-links.json"),
    "utf8",
  );
  expect(visitors).not.toContain("staff-");
});

it("takes matters through every stage, and leaves what it is to leave and all that a visitor touched", async () => {
  const named = Array.from({ length: MATTERS }, (_, i) => `HL${i}`);
  await told(
    hub,
    "hotline",
    named.map((externalId) => ({
      ...{
        externalId,
        source: "hotline12345",
        title: `${externalId} 井盖缺失`,
      },
      ...{ category: CATEGORY, reportedAt: Date.now(), ...PLACES.west },
    })),
  );
  const office = { seed: SEED, leads: new Map<string, string>(), logins };
  const items = await list();
  const [opened, noted, ...theirs] = items.filter(
    (each) => !isLeft(office, each),
  );
  const waiting = items.filter((each) => isLeft(office, each));
  const entered = await as("dutyOfficer", "POST", "/api/incidents", {
    ...{ key: "a-visitor's-1", source: "dutyOfficer", title: "路面塌陷" },
    ...{ category: CATEGORY, ...PLACES.west },
  });
  await as("acceptor", "PUT", `/api/incidents/${opened!.id}/presence`, {
    does: "looks",
  });
  await as("acceptor", "POST", `/api/incidents/${noted!.id}/steps`, {
    ...{ rev: noted!.rev, asked: { step: "note", body: { note: "我来办" } } },
  });

  staff = await start(stop);
  const ofStaff = new Set(theirs.map(({ id }) => id));
  const stages = new Set<string>();
  await eventually(
    async () => {
      const now = await list();
      const moved = now.filter(({ id }) => ofStaff.has(id));
      for (const { status } of moved) stages.add(status);
      return moved.filter(({ status }) => status === "evaluated").length;
    },
    (evaluated) => evaluated > theirs.length / 3,
    90_000,
  );
  expect(troubles).toEqual([]);
  for (const stage of ["registered", "dispatched", "handling", "closed"])
    expect(stages).toContain(stage);
  expect(waiting.length).toBeGreaterThan(MATTERS / 20);
  for (const { id, rev } of [...waiting, opened!])
    expect((await view(id)).incident).toMatchObject({
      status: "reported",
      rev,
    });
  expect((await view(noted!.id)).incident.rev).toBe(noted!.rev + 1);
  expect((await view(entered.id)).history).toHaveLength(1);
  const done = (await list()).find(
    ({ id, status }) => ofStaff.has(id) && status === "evaluated",
  )!;
  const { history } = await view(done.id);
  expect(history.slice(1).every(({ who }) => logins.has(who))).toBe(true);
  expect(staff.counts()).toMatchObject({ refused: 0 });
});

it("goes on with its sessions when its program is started again, though its links are spent", async () => {
  const file = join(hub.dataDir, "staff-links-sessions.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  stop.abort();
  await staff.ended;
  const again = await start(anew);
  await eventually(
    () => Promise.resolve(again.counts().taken),
    (taken) => taken > 0,
  );
  anew.abort();
  await again.ended;
  expect(troubles).toEqual([]);
});

it("keeps the session of each of its people though all come in at once", async () => {
  // Those before are spent; the hub leaves others soon.
  const links = await eventually(
    () => Promise.resolve(readLinks()),
    (now) => now.every(({ url }) => !spent.has(url)),
  );
  const file = join(hub.dataDir, "office-links.json");
  writeFileSync(file, JSON.stringify(links), { mode: 0o600 });
  const { signal } = new AbortController();
  const office = await openDesk({ hub: hub.url, file, signal });
  const answers = await Promise.all(
    STAFF_ROLES.map((role) => office.ask(role, "GET", "/api/session")),
  );
  expect(answers.map(({ status }) => status)).toEqual(
    STAFF_ROLES.map(() => 200),
  );
  const kept: unknown = JSON.parse(
    readFileSync(join(hub.dataDir, "office-links-sessions.json"), "utf8"),
  );
  expect(Object.keys(kept as object).sort()).toEqual([...STAFF_ROLES].sort());
});
