/** Pictures on their way from a phone into an incident's record, and who sees them there. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LARGEST_ATTACHMENT } from "../../contract/attachment.ts";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import { attach } from "../kit/attach.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { jpeg, png, SECRETS } from "../kit/pictures.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { FLOW_CITY } from "./city.ts";

let hub: Hub;
let worker: string;
/** Works in the other district alone. */
let stranger: string;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  worker = await hub.signIn("gridWorker");
  const scope = { departments: null, districts: [DISTRICTS.east.code] };
  const person = await newPerson(hub, "xu.dong", ["gridWorker"], scope);
  stranger = person.cookie!;
});
afterAll(() => hub.stop());

const bytes = (of: Buffer) => new Uint8Array(of);
const picture = (mark: number) => bytes(jpeg({ mark }));
const files = async () =>
  (
    await readdir(join(hub.dataDir, "attachments"), {
      ...{ recursive: true, withFileTypes: true },
    })
  ).filter((entry) => entry.isFile()).length;

const report = (photos: string[], key: string, cookie = worker) =>
  ask<Incident & { detail?: string; errors?: { path: string }[] }>(
    ...([hub, "POST", "/api/incidents"] as const),
    {
      cookie,
      body: {
        key,
        source: "gridWorker",
        title: "井盖破损",
        photos,
        ...PLACES.west,
      },
    },
  );
async function note(id: string, photos: string[], cookie: string) {
  const path = `/api/incidents/${id}`;
  const { body } = await ask<IncidentView>(hub, "GET", path, { cookie });
  const asked = { step: "note", body: { note: "已到现场", photos } };
  return ask<{ detail?: string; code?: string }>(hub, "POST", `${path}/steps`, {
    ...{ cookie, body: { rev: body.incident.rev, asked } },
  });
}
const look = (incident: string, name: string, cookie: string | null = worker) =>
  fetch(`${hub.url}/api/incidents/${incident}/attachments/${name}`, {
    headers: cookie === null ? {} : { cookie },
  });

describe("a picture sent with a report", () => {
  it("is kept once however often it is sent, and shown with the incident alone", async () => {
    const before = await files();
    const sent = [
      await attach(hub, worker, picture(1)),
      await attach(hub, worker, picture(1)),
    ];
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    const [{ id, type }, again] = sent.map(({ body }) => body) as [
      (typeof sent)[0]["body"],
      (typeof sent)[0]["body"],
    ];
    expect([again.id, type]).toEqual([id, "image/jpeg"]);
    expect(await files()).toBe(before + 1);
    const twice = [
      await report([id], "key-once-1"),
      await report([id], "key-once-1"),
    ];
    expect(twice[1]!.body.number).toBe(twice[0]!.body.number);
    const incident = twice[0]!.body.id;
    const { body } = await ask<IncidentView>(
      ...([hub, "GET", `/api/incidents/${incident}`] as const),
      { cookie: worker },
    );
    expect(body.attachments).toEqual([
      {
        url: `/api/incidents/${incident}/attachments/${id}`,
        kind: "image/jpeg",
      },
    ]);
    expect((await look(incident, id)).status).toBe(200);
    // Not of an incident that does not name it.
    const other = await report([], "key-other-1");
    expect((await look(other.body.id, id)).status).toBe(404);
  });

  it("tells nothing of where it was taken, and runs nothing", async () => {
    const { body } = await attach(
      hub,
      worker,
      picture(2),
      "application/octet-stream",
    );
    const { body: incident } = await report([body.id], "key-plain-1");
    const reply = await look(incident.id, body.id);
    const text = Buffer.from(await reply.arrayBuffer()).toString("latin1");
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "content-security-policy": expect.stringContaining(
        "default-src 'none'",
      ) as string,
      "content-disposition": expect.stringMatching(
        /^inline; filename="[\w-]+\.jpg"$/,
      ) as string,
    });
  });
});

describe("somebody else's picture", () => {
  it("is named by nobody but who sent it, whatever its hash", async () => {
    const { body } = await attach(hub, worker, picture(3));
    const mine = await report([], "key-guess-1");
    const handler = await hub.signIn("acceptor");
    const refused = await note(mine.body.id, [body.id], handler);
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ path: "/body/photos/0", code: "attachmentMissing" }] },
    });
    const reported = await report([body.id], "key-guess-2", handler);
    expect(reported.body.errors![0]!.path).toBe("/photos/0");
    // Who has the bytes themselves may.
    await attach(hub, handler, picture(3));
    expect((await note(mine.body.id, [body.id], handler)).status).toBe(200);
  });

  it("is no more to be had than its incident, and alike where there is none", async () => {
    const { body } = await attach(hub, worker, picture(4));
    const { body: incident } = await report([body.id], "key-scope-1");
    const [outside, nowhere] = await Promise.all([
      look(incident.id, body.id, stranger),
      look("no-such-incident", body.id, stranger),
    ]);
    expect([outside.status, nowhere.status]).toEqual([404, 404]);
    const told = await outside.text();
    expect(told.replaceAll(incident.id, "no-such-incident")).toBe(
      await nowhere.text(),
    );
    expect((await look(incident.id, body.id, null)).status).toBe(401);
  });

  it("is not reached beside the folder, or without its whole name", async () => {
    const { body } = await attach(hub, worker, picture(5));
    const { body: incident } = await report([body.id], "key-path-1");
    for (const name of [
      ...[
        "..%2f..%2fsecret.key",
        "%2e%2e%2fchengshu.db",
        "..%5c..%5csecret.key",
      ],
      ...[body.id.slice(0, 63), `${body.id}0`, body.id.toUpperCase()],
      ...[`${body.id.slice(0, 2)}%2f${body.id}`, `${body.id}%00`, "%ff"],
    ]) {
      const { status } = await look(incident.id, name);
      expect({ name, status }).toEqual({
        name,
        status: name === "%ff" ? 400 : 404,
      });
    }
  });
});

describe("what is no picture, video or recording", () => {
  it.each([
    ["a page", "<!doctype html><script>alert(1)</script>", 415],
    [
      "a drawing that can run",
      "<svg xmlns='http://www.w3.org/2000/svg'/>",
      415,
    ],
    ["nothing", "", 415],
    ["a picture that breaks off", jpeg().subarray(0, 60), 422],
    ["a picture's first bytes before a page", "\xff\xd8\xff<script>", 422],
  ])("is refused whatever it is called: %s", async (_what, body, status) => {
    const before = await files();
    const given = bytes(Buffer.from(body as string, "latin1"));
    expect((await attach(hub, worker, given)).status).toBe(status);
    expect(await files()).toBe(before);
  });

  it("and what is too large, or called as a form calls it, or comes from nobody", async () => {
    const large = new Uint8Array(LARGEST_ATTACHMENT + 1);
    large.set(png());
    expect((await attach(hub, worker, large)).status).toBe(413);
    for (const type of [
      "image/jpeg",
      "text/plain",
      "multipart/form-data",
      "application/json",
    ])
      expect((await attach(hub, worker, picture(6), type)).status).toBe(415);
    expect((await attach(hub, null, picture(6))).status).toBe(401);
    expect(
      (await attach(hub, await hub.signIn("sysAdmin"), picture(6))).status,
    ).toBe(403);
  });
});
