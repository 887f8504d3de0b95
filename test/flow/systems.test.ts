/** Cases of other systems come in with their course, and what becomes of them goes back. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import {
  openHotlineDesk,
  type HotlineDesk,
} from "../../mock-feeds/hotline-desk.ts";
import { createChance } from "../kit/chance.ts";
import { PLACES, type CityPlan } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { eventually, told } from "./city.ts";

const algorithm = { nameZh: "积水识别", nameEn: "Ponding", version: "2.1" };
const CITY: CityPlan = {
  feeds: [
    { id: "urban", system: "urban", format: "incidents/2" },
    { id: "calls", system: "desk", format: "incidents/2" },
    { id: "video", system: "video", format: "incidents/2" },
  ],
  algorithms: [
    { code: "ponding", ...algorithm, threshold: "0.7", enabled: "true" },
    { code: "litter", ...algorithm, threshold: "0.5", enabled: "false" },
  ],
};

let hub: Hub;
let desk: HotlineDesk;
beforeAll(async () => {
  desk = await openHotlineDesk();
  hub = await startHub({
    city: CITY,
    env: { OUTBOUND_ALLOW: "127.0.0.1" },
  });
  const { body } = await ask<{ secret: string }>(
    ...([hub, "PUT", "/api/webhooks/desk"] as const),
    {
      cookie: await hub.signIn("sysAdmin"),
      body: { url: desk.url, enabled: true },
    },
  );
  desk.trust(body.secret);
});
afterAll(async () => {
  await hub.stop();
  await desk.close();
});

const AT = Date.now() - 3_600_000;
const item = (externalId: string, more: object = {}) => ({
  ...{ externalId, source: "12345", title: `${externalId} 井盖缺失` },
  ...{ category: "pothole", reportedAt: AT, ...PLACES.west, ...more },
});
async function view(externalId: string) {
  const cookie = await hub.signIn("shiftLeader");
  const { body } = await ask<{ items: { id: string; externalId: string }[] }>(
    ...([hub, "GET", "/api/incidents?limit=500", { cookie }] as const),
  );
  const { id } = body.items.find((each) => each.externalId === externalId)!;
  const path = `/api/incidents/${id}`;
  return (await ask<IncidentView>(hub, "GET", path, { cookie })).body;
}
async function take(
  externalId: string,
  step: string,
  body: object = {},
  role: RoleCode = "shiftLeader",
) {
  const { incident } = await view(externalId);
  const path = `/api/incidents/${incident.id}/steps`;
  const { status } = await ask(hub, "POST", path, {
    cookie: await hub.signIn(role),
    body: { rev: incident.rev, asked: { step, body } },
  });
  expect({ step, status }).toEqual({ step, status: 200 });
}
const report = (feed: string, ...items: object[]) => told(hub, feed, items);

describe("a case of the urban management system", () => {
  it("comes in at its stage with its deadline, moves with its sender, and is ours once we act", async () => {
    const due = Date.now() + 7_200_000;
    const at = (stage: string | number) =>
      item("urb-1", {
        ...{ stage, department: "ECO", deadlines: { handle: due } },
      });
    await report("urban", at("任务派遣"));
    await report("urban", at(4));
    const { incident, dossier } = await view("urb-1");
    expect(incident).toMatchObject({
      ...{ status: "handling", handlers: ["ECO"] },
      due: { stage: "handle", dueAt: due },
    });
    expect(dossier.orders).toMatchObject([{ status: "handling" }]);
    await take("urb-1", "note", { note: "已电话核实" });
    await report("urban", at("处理反馈"));
    const after = await view("urb-1");
    expect(after.incident.status).toBe("handling");
    expect(after.history.at(-1)).toMatchObject({
      ...{ what: "updated", who: "feed:urban" },
      facts: { elsewhere: { status: "fedBack" } },
    });
  });

  it("is refused by name where the city has no such department", async () => {
    const { rejections } = await report(
      "urban",
      item("urb-2", { department: "NONE" }),
    );
    expect(rejections).toMatchObject([{ path: "/0/department" }]);
  });
});

describe("what an algorithm saw", () => {
  const saw = (externalId: string, algorithmCode: string, confidence: number) =>
    item(externalId, {
      ...{ source: "videoAi", camera: "99010000001320000001", confidence },
      attachments: [{ url: "https://pics.example/1.jpg", kind: "photo" }],
      ai: { algorithmCode, box: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 } },
    });

  it("is kept in quarantine with the reason where it is not sure enough, or its algorithm is off", async () => {
    const { accepted, rejections } = await report(
      "video",
      ...[saw("ai-1", "ponding", 0.9), saw("ai-2", "ponding", 0.6)],
      ...[saw("ai-3", "litter", 0.9), saw("ai-4", "ponding", 0.8)],
    );
    expect(accepted).toBe(2);
    expect(rejections.map(({ path, message }) => [path, message])).toEqual([
      ["/1/confidence", "0.6 is below the threshold 0.7 of ponding 2.1"],
      ["/2/ai/algorithmCode", "litter 2.1 is switched off"],
    ]);
    const { items } = await hub.ask<{ items: { message: string }[] }>(
      "/api/feeds/video/quarantine",
    );
    expect(items.map(({ message }) => message)).toContain(
      "litter 2.1 is switched off",
    );
  });

  it("counts as false where somebody declines it as a false positive", async () => {
    await take("ai-1", "register");
    await take("ai-4", "decline", { reason: "falsePositive" });
    const { items } = await hub.ask<{ items: object[] }>("/api/algorithms");
    expect(items).toMatchObject([
      { code: "litter", judged: 0, falsePositiveRate: null },
      { code: "ponding", judged: 2, falsePositiveRate: 0.5 },
    ]);
  });

  it("is taken or refused by what the city says of its algorithm now, without a restart", async () => {
    const put = async (code: string, more: object) =>
      ask(hub, "PUT", `/api/algorithms/${code}`, {
        cookie: await hub.signIn("sysAdmin"),
        body: { ...algorithm, threshold: 0.5, enabled: true, ...more },
      });
    expect((await put("no such code", {})).status).toBe(422);
    expect((await put("smoke", {})).status).toBe(200);
    await put("litter", {});
    await put("ponding", { enabled: false });
    const { rejections } = await report(
      "video",
      ...[saw("ai-5", "smoke", 0.6), saw("ai-6", "litter", 0.6)],
      saw("ai-7", "ponding", 0.9),
    );
    expect(rejections).toMatchObject([{ path: "/2/ai/algorithmCode" }]);
  });
});

describe("the system that brought a matter", () => {
  const of = (externalId: string) =>
    desk.taken
      .filter((each) => each.externalId === externalId)
      .map(({ status }) => status);
  const comes = (externalId: string, ...statuses: string[]) =>
    eventually(
      () => Promise.resolve(of(externalId)),
      (seen) => seen.length >= statuses.length,
      60_000,
    ).then((seen) => expect(seen).toEqual(statuses));

  it("is told each change of its status in their order, but none that was taken back", async () => {
    await report("calls", item("call-1"), item("call-2"));
    await take("call-2", "decline", { reason: "notTrue" });
    await take("call-2", "undo");
    await take("call-1", "register");
    await take("call-1", "dispatch", { lead: "ECO" });
    expect(desk.taken).toEqual([]);
    await comes("call-1", "registered", "dispatched");
    expect(of("call-2")).toEqual([]);
  });

  it("is told how it ends of what was merged into another system's, but not what was taken back", async () => {
    await report("urban", item("urb-whole"));
    await report("calls", item("call-part"), item("call-part-2"));
    const { incident } = await view("urb-whole");
    await take("call-part-2", "merge", {
      into: (await view("call-part")).incident.id,
    });
    await take("call-part", "merge", { into: incident.id });
    await take("urb-whole", "decline", { reason: "notTrue" });
    await take("urb-whole", "undo");
    await take("urb-whole", "void", { reason: "测试件" });
    for (const call of ["call-part", "call-part-2"]) {
      await comes(call, "merged", "merged");
      const last = desk.taken.findLast((each) => each.externalId === call)!;
      expect(last.parent).toMatchObject({
        ...{ number: incident.number, status: "voided" },
      });
    }
  });

  it("is told how it ends where that one's own system ends it", async () => {
    await report("urban", item("urb-own", { stage: 3, department: "ECO" }));
    await report("calls", item("call-own"));
    const { incident } = await view("urb-own");
    await take("call-own", "merge", { into: incident.id });
    const closed = { closedAt: AT + 1_000, status: "closed" };
    await report("urban", item("urb-own", { ...closed, department: "ECO" }));
    expect((await view("urb-own")).incident.status).toBe("closed");
    await comes("call-own", "merged", "merged");
    const last = desk.taken.findLast((one) => one.externalId === "call-own")!;
    expect(last.parent).toMatchObject({
      ...{ number: incident.number, status: "closed" },
    });
  });

  it("is told the end of what it was merged into at that very moment, or it was not merged", async () => {
    const chance = createChance(20261127);
    const pairs = Array.from({ length: 100 }, (_, n) => `moment-${n}`);
    await report("urban", ...pairs.map((name) => item(`${name}-whole`)));
    await report("calls", ...pairs.map((name) => item(`${name}-part`)));
    const cookie = await hub.signIn("shiftLeader");
    const { body } = await ask<{ items: { id: string; externalId: string }[] }>(
      ...([hub, "GET", "/api/incidents?limit=500", { cookie }] as const),
    );
    const ids = new Map(body.items.map((one) => [one.externalId, one.id]));
    const takeAt = async (
      wait: number,
      id: string,
      step: string,
      of: object,
    ) => {
      await new Promise((go) => setTimeout(go, wait));
      const asked = { rev: 1, asked: { step, body: of } };
      return ask<{ code: string }>(hub, "POST", `/api/incidents/${id}/steps`, {
        ...{ cookie, body: asked },
      });
    };
    const merged: string[] = [];
    for (const name of pairs) {
      const [whole, part] = [
        ids.get(`${name}-whole`)!,
        ids.get(`${name}-part`)!,
      ];
      const [merge, end] = await Promise.all([
        takeAt(chance.between(0, 40), part, "merge", { into: whole }),
        takeAt(chance.between(0, 10), whole, "void", { reason: "测试件" }),
      ]);
      expect(end.status).toBe(200);
      if (merge.status === 200) merged.push(`${name}-part`);
      else expect(merge.body.code).toBe("intoEnded");
    }
    expect(merged.length).toBeGreaterThan(0);
    for (const part of merged) await comes(part, "merged", "merged");
  });

  it("loses none and takes none twice when the hub is killed before and while it is told", async () => {
    desk.isAway = true;
    const calls = Array.from({ length: 5 }, (_, i) => `kill-${i}`);
    await report("calls", ...calls.map((call) => item(call)));
    for (const call of calls) await take(call, "register");
    await hub.kill();
    await hub.restart();
    for (const call of calls) await take(call, "dispatch", { lead: "ECO" });
    // Long enough for the first to be tried and refused.
    const cookie = await hub.signIn("sysAdmin");
    await eventually(
      () => hub.ask<{ outbox: { waiting: number } }>("/api/hub", { cookie }),
      ({ outbox }) => outbox.waiting >= 2 * calls.length,
    );
    desk.isAway = false;
    await eventually(
      () => Promise.resolve(desk.came),
      (came) => came > 2,
      60_000,
    );
    await hub.kill();
    await hub.restart();
    for (const call of calls) await comes(call, "registered", "dispatched");
    const keys = desk.taken.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    await eventually(
      () => hub.ask<{ outbox: object }>("/api/hub", { cookie }),
      ({ outbox }) => JSON.stringify(outbox) === '{"waiting":0,"dead":0}',
    );
  });
});
