/** Officers and strangers who try the doors of the desk with what no page sends. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { IncidentView } from "../../contract/incident.ts";
import type { Likeness } from "../../contract/likeness.ts";
import { STEPS } from "../../contract/step.ts";
import { HOUR } from "../../contract/time.ts";
import { FLOW_CITY, told } from "../flow/city.ts";
import { attach } from "../kit/attach.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { tokenOf } from "../kit/secrets.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { STEP_ROWS } from "./steps.ts";

let hub: Hub;
let leader: string;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  leader = await hub.signIn("shiftLeader");
});
afterAll(() => hub.stop());

async function reported(
  names: readonly string[],
  more: object = {},
): Promise<string[]> {
  await told(
    hub,
    "hotline",
    names.map((externalId) => ({
      ...{ externalId, source: "hotline12345", title: externalId },
      ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west, ...more },
    })),
  );
  const { body } = await ask<{ items: { id: string; externalId: string }[] }>(
    ...([hub, "GET", "/api/incidents?limit=500"] as const),
    { cookie: leader },
  );
  return names.map(
    (name) => body.items.find(({ externalId }) => externalId === name)!.id,
  );
}

const viewOf = async (id: string) =>
  (
    await ask<IncidentView>(hub, "GET", `/api/incidents/${id}`, {
      cookie: leader,
    })
  ).body;
const take = (
  id: string,
  rev: unknown,
  asked: unknown,
  cookie: string = leader,
) =>
  ask<{ undoUntil?: number; detail?: string }>(
    ...([hub, "POST", `/api/incidents/${id}/steps`] as const),
    { cookie, body: { rev, asked } },
  );

/** Deeper than anything that is read. */
const DEEP = `${"[".repeat(2_000)}1${"]".repeat(2_000)}`;
/** In the place of any field, and of a whole body. */
const HOSTILE: readonly unknown[] = [
  ...[null, [], {}, true, -1, 1e300, 1.5, "", "x".repeat(100_000)],
  ...["\u0000", "\ud800", ["a", { b: [] }], { constructor: { prototype: 1 } }],
  ...[JSON.parse('{"__proto__":{"admin":true}}') as unknown],
  JSON.parse(DEEP) as unknown,
  Array.from({ length: 3_000 }, () => "018f3c2e-7b1c-7a3d-9c4e-138001380001"),
];

describe("a step", () => {
  it("of any name answers what no page sends with a refusal, and the incident stays one", async () => {
    const [id] = await reported(["hostile"]);
    let { rev } = (await viewOf(id!)).incident;
    const answered = new Map<number, number>();
    for (const step of Object.keys(STEPS) as (keyof typeof STEPS)[]) {
      const good = { ...STEP_ROWS[step].body };
      const bodies = [
        ...HOSTILE,
        ...Object.keys(good).flatMap((field) =>
          HOSTILE.map((value) => ({ ...good, [field]: value })),
        ),
        // None of this incident's.
        ...["order", "request", "instruction"].map((field) => ({
          ...{ ...good, [field]: 77 },
        })),
      ];
      for (const body of bodies) {
        const reply = await take(id!, rev, { step, body });
        answered.set(reply.status, (answered.get(reply.status) ?? 0) + 1);
        if (reply.status === 200) ({ rev } = (await viewOf(id!)).incident);
      }
    }
    expect([...answered.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(answered.get(422)! + (answered.get(400) ?? 0)).toBeGreaterThan(500);
    const { incident, history } = await viewOf(id!);
    expect(incident.rev).toBe(rev);
    expect(history.map(({ rev }) => rev)).toEqual(
      Array.from({ length: rev }, (_, i) => i + 1),
    );
    expect(Object.prototype).not.toHaveProperty("admin");
  }, 120_000);

  it.each([NaN, Infinity, -1, 1.5, 1e300, "1", null, [], 2 ** 53])(
    "of revision %s is refused",
    async (rev) => {
      const [id] = await reported([`revision ${String(rev)}`]);
      const { status } = await take(id!, rev, { step: "urge", body: {} });
      expect([400, 409, 422]).toContain(status);
      expect((await viewOf(id!)).incident.rev).toBe(1);
    },
  );

  it("is taken back by nobody but who took it, once, and never after another's", async () => {
    const [id] = await reported(["undone"]);
    const acceptor = await hub.signIn("acceptor");
    const edit = (rev: number, cookie: string) =>
      take(id!, rev, { step: "edit", body: { title: `改${rev}` } }, cookie);
    const undo = (rev: number, cookie: string) =>
      take(id!, rev, { step: "undo", body: {} }, cookie);
    expect((await edit(1, leader)).status).toBe(200);
    expect((await undo(2, acceptor)).status).toBe(422);
    const both = await Promise.all([undo(2, leader), undo(2, leader)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await viewOf(id!)).incident).toMatchObject({
      ...{ rev: 3, title: "undone" },
    });
    // What was taken back is no step to take back.
    expect((await undo(3, leader)).status).toBe(422);
    expect((await edit(3, leader)).status).toBe(200);
    expect((await edit(4, acceptor)).status).toBe(200);
    expect((await undo(4, leader)).status).toBe(409);
    expect((await undo(5, leader)).status).toBe(422);
    const race = await Promise.all([undo(5, acceptor), edit(5, leader)]);
    expect(race.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await viewOf(id!)).incident.rev).toBe(6);
  });
});

describe("an officer of one district", () => {
  const of = async (place: "west" | "east") =>
    (
      await newPerson(hub, `lists-${place}`, ["shiftLeader"], {
        ...WHOLE_CITY,
        districts: [DISTRICTS[place].code],
      })
    ).cookie;

  it("is told neither what another's incident is like nor what closed there", async () => {
    const [west, east] = [await of("west"), await of("east")];
    const closedAt = Date.now() - HOUR;
    const names = Array.from({ length: 40 }, (_, i) => `closed-${i}`);
    const closed = await reported(names, {
      ...{ reportedAt: closedAt - HOUR, closedAt },
      ...PLACES.east,
    });
    const [own, theirs] = [
      ...(await reported(["own"])),
      ...(await reported(["theirs"], PLACES.east)),
    ];
    const like = (id: string, cookie: string) =>
      ask<Likeness>(hub, "GET", `/api/incidents/${id}/likeness`, { cookie });
    const hidden = await like(theirs!, west);
    const missing = await like("018f3c2e-7b1c-7a3d-9c4e-138001380001", west);
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(Object.keys(hidden.body)).toEqual(Object.keys(missing.body));
    await expect
      .poll(
        async () => (await like(theirs!, east)).body.category[0]?.value ?? null,
        { timeout: 20_000 },
      )
      .toBe("0406");
    const told = JSON.stringify((await like(own!, west)).body);
    for (const id of [...closed, theirs!]) expect(told).not.toContain(id);
    for (const { reasons } of (await like(own!, west)).body.category)
      for (const reason of reasons)
        if (reason.kind === "history") expect(reason.counted).toBeNull();
  });

  it("neither lists nor drops another's filter", async () => {
    const [west, east] = [
      await hub.signIn("acceptor"),
      await hub.signIn("dispatcher"),
    ];
    const body = { name: "mine", shared: false, filter: {} };
    const kept = await ask<{ id: string }>(hub, "POST", "/api/filters", {
      ...{ cookie: west, body },
    });
    expect(kept.status).toBe(200);
    const { id } = kept.body;
    const listed = await ask<{ items: { id: string }[] }>(
      ...([hub, "GET", "/api/filters", { cookie: east }] as const),
    );
    expect(listed.body.items.map((each) => each.id)).not.toContain(id);
    const drop = (cookie: string) =>
      ask(hub, "DELETE", `/api/filters/${id}`, { cookie });
    expect((await drop(east)).status).toBe(404);
    expect((await drop(west)).status).toBe(200);
  });
});

it("a link opens one session, however many try it at once, and none after", async () => {
  const file = join(hub.dataDir, "sign-in-links.json");
  const links = JSON.parse(readFileSync(file, "utf8")) as {
    role: string;
    url: string;
  }[];
  const { url } = links.find(({ role }) => role === "supervisor")!;
  const enter = () =>
    ask(hub, "POST", "/api/session", { body: { token: tokenOf(url) } });
  const all = await Promise.all(Array.from({ length: 8 }, enter));
  expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  expect((await enter()).status).toBe(401);
});

describe("a file that is no photo", () => {
  const text = (said: string) => new TextEncoder().encode(said);
  it.each([
    ["a page", text("<!doctype html><script>alert(1)</script>")],
    ["a drawing that runs", text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["a program", text("\u007fELF\u0002")],
    ["nothing", new Uint8Array()],
    ["a beginning alone", new Uint8Array([0xff, 0xd8, 0xff])],
    ["too much", new Uint8Array(13 * 2 ** 20).fill(0xff)],
  ])("%s is refused, whatever it says it is", async (_, bytes) => {
    const { status } = await attach(hub, leader, bytes, "image/jpeg");
    expect([400, 413, 415, 422]).toContain(status);
  });

  it.each(["../../etc/passwd", "..%2f..%2fchengshu.db", "a/b", "\u0000"])(
    "is named by no path: %s",
    async (name) => {
      const [id] = await reported(["photo"]);
      const { rev } = (await viewOf(id!)).incident;
      const body = { note: "看", photos: [name] };
      const { status } = await take(id!, rev, { step: "note", body });
      expect([400, 422]).toContain(status);
      const path = `/api/incidents/${id}/attachments/${encodeURIComponent(name)}`;
      expect((await ask(hub, "GET", path, { cookie: leader })).status).toBe(
        404,
      );
    },
  );
});

it.each([
  ...["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/"],
  ...["http://169.254.169.254/latest/meta-data", "http://0.0.0.0/"],
  ...["http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/"],
  ...["http://[fd00:ec2::254]/", "file:///etc/passwd", "gopher://x/"],
  ...["http://user:pass@example.com/", "http://①②⑦.0.0.1/"],
])("no system is told at %s", async (url) => {
  const cookie = await hub.signIn("sysAdmin");
  const { items } = await hub.ask<{ items: { system: string }[] }>(
    "/api/feeds",
  );
  const body = { url, enabled: true, newSecret: true };
  const { status } = await ask(
    ...([hub, "PUT", `/api/webhooks/${items[0]!.system}`] as const),
    { cookie, body },
  );
  expect([400, 422]).toContain(status);
});
