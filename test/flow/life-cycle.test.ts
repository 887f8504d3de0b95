/** One matter from report to evaluation, over the real doors, as each hand has it; the wall sees every step. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IncidentView } from "../../contract/incident.ts";
import type { Likeness } from "../../contract/likeness.ts";
import type { RoleCode } from "../../contract/role.ts";
import { PLACES, type CityPlan } from "../kit/city.ts";
import { openFollower, type Follower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { FLOW_CITY, told } from "./city.ts";

const GRID = "999001001001001";
const { lng, lat } = PLACES.west;
const CITY: CityPlan = {
  ...FLOW_CITY,
  grids: [
    {
      ...{ code: GRID, nameZh: "一网格", worker: "周网格" },
      ...{ west: lng - 0.001, south: lat - 0.001, side: 0.002 },
    },
  ],
};
let hub: Hub;
let wall: Follower;
const cookies = new Map<RoleCode, string>();
beforeAll(async () => {
  hub = await startHub({ city: CITY });
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

async function view(id: string, role: RoleCode = "shiftLeader") {
  const { body } = await ask<IncidentView>(hub, "GET", `/api/incidents/${id}`, {
    cookie: await as(role),
  });
  return body;
}

async function take(
  id: string,
  role: RoleCode,
  step: string,
  body: object = {},
  rev?: number,
) {
  const { incident } = await view(id);
  return ask<{ detail?: string; undoUntil?: number }>(
    ...([hub, "POST", `/api/incidents/${id}/steps`] as const),
    {
      cookie: await as(role),
      body: { rev: rev ?? incident.rev, asked: { step, body } },
    },
  );
}

async function reported(externalId: string, more: object = {}) {
  await told(hub, "hotline", [
    {
      ...{ externalId, source: "12345", title: `${externalId} 井盖缺失` },
      ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west, ...more },
    },
  ]);
  const { body } = await ask<{
    items: { id: string; externalId: string }[];
  }>(hub, "GET", "/api/incidents", { cookie: await as("leader") });
  return body.items.find((each) => each.externalId === externalId)!.id;
}

describe("a reported matter", () => {
  it("is found in its grid by its point alone, and whoever walks that grid is named", async () => {
    const { incident, areas } = await view(await reported("in a grid"));
    expect(incident.grid).toBe(GRID);
    expect(areas).toMatchObject([
      { code: GRID, kind: "grid", responsible: { name: "周网格" } },
    ]);
    const beside = await view(
      await reported("beside it", { lng: lng + 0.01, lat }),
    );
    expect(beside.incident.grid).toBeNull();
    expect(beside.areas).toEqual([]);
  });

  it("is registered, dispatched, signed, fed back, closed and evaluated, and the wall sees each", async () => {
    const room = await wall.follow("incidents", { limit: 2000 });
    const id = await reported("whole");
    const is = (status: string) =>
      room.until((items) => items.get(id)?.status === status);
    await is("reported");
    const steps: [RoleCode, string, object?, string?][] = [
      ["acceptor", "propose"],
      ["shiftLeader", "agree", { request: 1 }, "registered"],
      ["dispatcher", "dispatch", { lead: "ECO" }, "dispatched"],
      ["deptHandler", "sign", { order: 1 }, "handling"],
      ["deptHandler", "feedBack", { order: 1, note: "已补装" }, "fedBack"],
      ["acceptor", "sendCheck", {}, "checking"],
      ["gridWorker", "check", { result: "passed" }],
      ["shiftLeader", "close"],
      ["hotlineSeat", "evaluate", { result: "satisfied" }],
    ];
    for (const [role, step, body, status] of steps) {
      const answer = await take(id, role, step, body);
      expect({ step, ...answer.body, status: answer.status }).toMatchObject({
        status: 200,
      });
      if (status) await is(status);
    }
    await room.until((items) => !items.has(id));
    const { incident, history } = await view(id);
    expect(incident.status).toBe("evaluated");
    expect(history.map(({ what }) => what)).toEqual([
      "reported",
      ...steps.map(([, step]) => step),
    ]);
    expect(history.map(({ rev }) => rev)).toEqual(history.map((_, i) => i + 1));
  });

  it("is given no time beyond the years that the city keeps: it would be no date", async () => {
    const id = await reported("for ever");
    await take(id, "shiftLeader", "register");
    await take(id, "dispatcher", "dispatch", { lead: "ECO" });
    await take(id, "deptHandler", "sign", { order: 1 });
    const [order, reason] = [1, "要开挖"];
    const why = async (role: RoleCode, step: string, body: object) => {
      const answer = await take(id, role, step, body);
      const { errors } = answer.body as { errors?: { path: string }[] };
      return [answer.status, errors?.[0]?.path];
    };
    const at = 9e15;
    expect(
      await why("deptHandler", "askExtension", { order, reason, until: at }),
    ).toEqual([400, "/body/asked/body/until"]);
    expect(
      await why("deptHandler", "askSuspension", {
        ...{ order, reason, reviewAt: at },
      }),
    ).toEqual([400, "/body/asked/body/reviewAt"]);
    expect(
      await why("leader", "supervise", { level: 1, text: "速办", dueAt: at }),
    ).toEqual([400, "/body/asked/body/dueAt"]);
  });

  it("tells each only what is theirs to do", async () => {
    const id = await reported("legal");
    const steps = async (role: RoleCode) =>
      (await view(id, role)).legal.map(({ step }) => step).sort();
    expect(await steps("gridWorker")).toEqual(["note"]);
    expect(await steps("acceptor")).toEqual(
      ["edit", "merge", "note", "propose", "register", "urge", "verify"].sort(),
    );
    const refused = await take(id, "acceptor", "decline", {
      reason: "notTrue",
    });
    expect(refused.status).toBe(403);
  });

  it("tells of each clock that runs how much is left, the incident's and each order's", async () => {
    const id = await reported("clocks");
    await take(id, "shiftLeader", "register");
    await take(id, "dispatcher", "dispatch", { lead: "ECO", co: ["TEST"] });
    await take(id, "deptHandler", "sign", { order: 1 });
    const { clocks, incident } = await view(id);
    expect(
      clocks.map(({ stage, order }) => `${stage} ${order}`).sort(),
    ).toEqual(["handle 1", "handle 2", "handle null", "sign 2"]);
    const own = clocks.find(({ order }) => order === null);
    expect(own).toEqual({ ...incident.due, order: null });
    for (const { dueAt, startedAt } of clocks)
      expect(dueAt).toBeGreaterThan(startedAt);
  });

  it("goes to one of two who act at once, and the other is told who was first", async () => {
    const id = await reported("twice");
    const { incident } = await view(id);
    const answers = await Promise.all(
      (["shiftLeader", "centreChief"] as const).map((role) =>
        take(id, role, "decline", { reason: "notTrue" }, incident.rev),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = answers.find(({ status }) => status === 409)!;
    expect(loser.body.detail).toMatch(/was first with .*: decline/);
  });

  it("comes back as it was, if who took the step takes it back", async () => {
    const id = await reported("undone");
    expect((await take(id, "shiftLeader", "register")).status).toBe(200);
    expect((await take(id, "acceptor", "undo")).status).toBe(422);
    expect((await take(id, "shiftLeader", "undo")).status).toBe(200);
    const { incident, history } = await view(id);
    expect(incident).toMatchObject({ status: "reported", rev: 3 });
    expect(history.map(({ what }) => what)).toEqual([
      ...["reported", "register", "undo"],
    ]);
  });

  it("is found under the one that it was merged into", async () => {
    const [one, two] = [await reported("merge-1"), await reported("merge-2")];
    expect((await take(two, "acceptor", "merge", { into: one })).status).toBe(
      200,
    );
    expect((await view(one)).children).toMatchObject([{ id: two }]);
    expect((await view(two)).incident.parent).toBe(one);
  });

  it("is told in the queue's row of the one that it was merged into, and no more once it is taken out", async () => {
    const [one, two] = [await reported("sum-1"), await reported("sum-2")];
    const queue = await wall.follow("queue", {});
    const children = (n: number) =>
      queue.until(
        (rows) => (rows.get(one) as { children: number }).children === n,
      );
    await children(0);
    await take(two, "acceptor", "merge", { into: one });
    await children(1);
    await take(two, "acceptor", "unmerge");
    await children(0);
  });

  it("is not overwritten by its sender once somebody works on it", async () => {
    const id = await reported("taken");
    await take(id, "shiftLeader", "register");
    await reported("taken", { title: "taken 又改了" });
    const { incident, history } = await view(id);
    expect(incident.title).toBe("taken 井盖缺失");
    expect(history.at(-1)).toMatchObject({
      what: "updated",
      who: "feed:hotline",
    });
  });
});

describe("a matter that was told twice", () => {
  const likeness = async (id: string, role: RoleCode) =>
    (
      await ask<Likeness>(hub, "GET", `/api/incidents/${id}/likeness`, {
        cookie: await as(role),
      })
    ).body;

  it("is shown beside the other, with what led to it, until one of them is over", async () => {
    const at = { lng: PLACES.west.lng + 0.001, lat: PLACES.west.lat };
    const [one, two] = [
      await reported("flood-1", { title: "下穿立交积水两车熄火", ...at }),
      await reported("flood-2", { title: "立交桥下积水很深", ...at }),
    ];
    const { duplicates } = await likeness(two, "acceptor");
    expect(duplicates[0]).toMatchObject({
      ...{ id: one, title: "下穿立交积水两车熄火", sameCategory: true },
      ...{ distance: 0, words: expect.arrayContaining(["积水"]) as string[] },
    });
    await take(one, "shiftLeader", "decline", { reason: "notTrue" });
    const after = await likeness(two, "acceptor");
    expect(after.duplicates.map(({ id }) => id)).not.toContain(one);
  });
});

describe("who enters a matter by hand", () => {
  it("has it in the queue at once, and sent twice it is there once", async () => {
    const body = {
      ...{ key: "3f1c2d4e-1", source: "gridWorker", title: "路面塌陷" },
      ...PLACES.west,
    };
    const send = async () =>
      ask<{ id: string; reportedAt: number; rev: number }>(
        hub,
        "POST",
        "/api/incidents",
        {
          cookie: await as("gridWorker"),
          body,
        },
      );
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(200);
    // Nor is it reported later, or changed, by being sent again.
    const { id, reportedAt, rev } = first.body;
    expect(second.body).toMatchObject({ id, reportedAt, rev });
  });

  it("is told where it may not lie", async () => {
    const { status, body } = await ask<{ errors: { path: string }[] }>(
      ...([hub, "POST", "/api/incidents"] as const),
      {
        cookie: await as("dutyOfficer"),
        body: {
          ...{ key: "3f1c2d4e-2", source: "dutyOfficer", title: "远处" },
          ...{ lng: 1, lat: 1 },
        },
      },
    );
    expect(status).toBe(422);
    expect(body.errors[0]!.path).toBe("/lng");
  });
});
