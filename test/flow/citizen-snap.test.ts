/** 随手拍, 随手赞: a citizen's photo report or praise through the feed door, as the desk has it (seed systems 141 and 168). */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import type { StepName } from "../../contract/step.ts";
import { PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { FLOW_CITY, told } from "./city.ts";
import { startDemoCity, take, viewOf } from "./demo-city.ts";

const PHONE = "13812345678";
const PHOTO = "https://snap.example.gov.cn/p/1.jpg";
let hub: Hub;
beforeAll(async () => (hub = await startHub({ city: FLOW_CITY })));
afterAll(() => hub.stop());

it("comes with photo and place, and its sender's telephone is masked wherever it stands", async () => {
  await told(hub, "hotline", [
    {
      ...{ externalId: "snap-1", source: "citizenSnap", title: "占道经营" },
      ...{ description: `请回电${PHONE}`, category: "0406", ...PLACES.west },
      ...{ reportedAt: Date.now(), reporter: { name: "王", phone: PHONE } },
      attachments: [{ url: PHOTO, kind: "image/jpeg" }],
    },
  ]);
  const cookie = await hub.signIn("shiftLeader");
  const { body: list } = await ask<{ items: Incident[] }>(
    ...([hub, "GET", "/api/incidents?source=citizenSnap"] as const),
    { cookie },
  );
  const [incident] = list.items;
  expect(incident).toMatchObject({
    ...{ source: "citizenSnap", status: "reported", ...PLACES.west },
    description: "请回电138****5678",
  });
  const { body: view } = await ask<IncidentView>(
    ...([hub, "GET", `/api/incidents/${incident!.id}`] as const),
    { cookie },
  );
  expect(view.attachments).toEqual([{ url: PHOTO, kind: "image/jpeg" }]);
  expect(JSON.stringify([list, view])).not.toContain(PHONE);
  const { body: revealed } = await ask(
    ...([hub, "POST", `/api/incidents/${incident!.id}/reveal`] as const),
    { cookie, body: { reason: "回访市民" } },
  );
  expect(revealed).toMatchObject({ reporter: { phone: PHONE } });
});

it("stands on a wall with its place and without its sender, whom the hall may not ask for", async () => {
  const cookie = await hub.signIn("wallOperator");
  const wall = await openFollower(hub.url, cookie);
  const room = await wall.follow("incidents", {});
  const [incident] = room.items.values();
  expect(incident).toMatchObject({ source: "citizenSnap", ...PLACES.west });
  expect(JSON.stringify([...room.items.values()])).not.toContain(PHONE);
  wall.close();
  const { status } = await ask(
    ...([hub, "POST", `/api/incidents/${incident!.id}/reveal`] as const),
    { cookie, body: { reason: "回访市民" } },
  );
  expect(status).toBe(403);
});

it("praise goes to whom it praises and is closed with thanks, within limits of its own", async () => {
  const demo = await startDemoCity();
  try {
    const { city, hub } = demo;
    const praise = city.categories.find(({ nameZh }) => nameZh === "随手赞")!;
    const [lng, lat] = city.centre;
    const [title, note] = ["公交司机扶老人上车", "已向驾驶员转达，谢谢您"];
    await told(hub, "hotline-12345", [
      {
        ...{ externalId: "praise-1", source: "citizenSnap", title, lng, lat },
        ...{ category: praise.code, reportedAt: Date.now() },
        attachments: [{ url: PHOTO, kind: "image/jpeg" }],
      },
    ]);
    const scope = { departments: ["BUS"], districts: null };
    const bus = await newPerson(hub, "hand-bus", ["deptHandler"], scope);
    const cookies = new Map([["bus", bus.cookie]]);
    const as = async (who: string) => cookies.get(who) ?? hub.signIn(who);
    const cookie = await as("shiftLeader");
    const { body } = await ask<{ items: Incident[] }>(
      ...([hub, "GET", `/api/incidents?category=${praise.code}`] as const),
      { cookie },
    );
    const [{ id }] = body.items as [Incident];
    const course: [string, StepName, object?][] = [
      ["shiftLeader", "register"],
      ["dispatcher", "dispatch", { lead: "BUS" }],
      ["bus", "sign", { order: 1 }],
      ["bus", "feedBack", { order: 1, note }],
      ["shiftLeader", "close", { note }],
    ];
    for (const [who, step, body] of course) {
      const asked = { cookie: await as(who), step, body: body ?? {} };
      const answer = await take(hub, id, asked);
      expect([step, answer.status, answer.body.detail]).toEqual([
        ...[step, 200, undefined],
      ]);
      if (step !== "dispatch") continue;
      const { clocks } = await viewOf(hub, id);
      const own = clocks.find(({ stage }) => stage === "handle");
      const { amount, type } = city.limits.find(
        ({ category, matterClass }) =>
          category === praise.code && matterClass === "A",
      )!;
      expect(own?.limit).toEqual({ amount, type });
    }
    const { incident, history, attachments } = await viewOf(hub, id);
    expect(incident).toMatchObject({ status: "closed", title });
    expect(attachments).toEqual([{ url: PHOTO, kind: "image/jpeg" }]);
    expect(history.at(-1)).toMatchObject({ what: "close", facts: { note } });
  } finally {
    await demo.stop();
  }
});
