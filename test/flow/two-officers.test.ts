/** Two officers at one incident (reliability.md): whatever they try at once, one wins and the other is told who did what. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import { createChance } from "../kit/chance.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { FLOW_CITY, told } from "./city.ts";

const INTERLEAVINGS = 200;
const BOTH: [RoleCode, RoleCode] = ["shiftLeader", "acceptor"];

let hub: Hub;
const cookies = new Map<RoleCode, string>();
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  for (const role of BOTH) cookies.set(role, await hub.signIn(role));
});
afterAll(() => hub.stop());

const view = async (id: string) =>
  (
    await ask<IncidentView>(hub, "GET", `/api/incidents/${id}`, {
      cookie: cookies.get("shiftLeader")!,
    })
  ).body;

async function many(count: number, name = "both"): Promise<string[]> {
  const named = Array.from({ length: count }, (_, i) => `${name}-${i}`);
  await told(
    hub,
    "hotline",
    named.map((externalId) => ({
      ...{ externalId, source: "12345", title: externalId },
      ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west },
    })),
  );
  const { body } = await ask<{ items: { id: string; externalId: string }[] }>(
    ...([hub, "GET", "/api/incidents?limit=500"] as const),
    { cookie: cookies.get("shiftLeader")! },
  );
  const byName = new Map(body.items.map((each) => [each.externalId, each.id]));
  return named.map((name) => byName.get(name)!);
}

/** Steps that each may take of a report as it came. */
const STEPS: Record<string, object> = {
  edit: { title: "改过的标题" },
  verify: {},
  propose: {},
  note: { note: "跟进一下" },
  urge: {},
};

it("of two hundred pairs of steps one wins each, the other hears who did what, and nothing is lost", async () => {
  const chance = createChance(20261126);
  const ids = await many(INTERLEAVINGS);
  let told409 = 0;
  for (const id of ids) {
    const { incident } = await view(id);
    const [first, second] = [
      chance.one(Object.keys(STEPS)),
      chance.one(Object.keys(STEPS)),
    ];
    const wait = chance.between(0, 8);
    const take = async (role: RoleCode, step: string, after: number) => {
      if (after > 0) await new Promise((go) => setTimeout(go, after));
      return ask<{ detail: string; facts: { step: string } }>(
        ...([hub, "POST", `/api/incidents/${id}/steps`] as const),
        {
          cookie: cookies.get(role)!,
          body: { rev: incident.rev, asked: { step, body: STEPS[step] } },
        },
      );
    };
    const answers = await Promise.all([
      take(BOTH[0], first, 0),
      take(BOTH[1], second, wait),
    ]);
    const won = answers.findIndex(({ status }) => status === 200);
    const lost = answers[1 - won]!;
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(lost.body.facts.step).toBe([first, second][won]);
    told409++;
    const { history, incident: now } = await view(id);
    expect(now.rev).toBe(incident.rev + 1);
    expect(history.at(-1)).toMatchObject({
      ...{ rev: now.rev, what: [first, second][won] },
    });
  }
  expect(told409).toBe(INTERLEAVINGS);
});

/** Two reports of one matter, as they came. */
async function pair(name: string): Promise<[string, string]> {
  const [one, other] = await many(2, name);
  return [one!, other!];
}
const take = async (id: string, step: string, body: object = {}) => {
  const { incident } = await view(id);
  return ask<{ code: string }>(hub, "POST", `/api/incidents/${id}/steps`, {
    ...{ cookie: cookies.get("shiftLeader")! },
    body: { rev: incident.rev, asked: { step, body } },
  });
};
const statuses = async (...ids: string[]) =>
  Promise.all(ids.map(async (id) => (await view(id)).incident.status));

it("of two merges into each other at once one wins, so that one of both stays on the list", async () => {
  for (let i = 0; i < 20; i++) {
    const [one, other] = await pair(`merge-${i}`);
    const answers = await Promise.all([
      take(one, "merge", { into: other }),
      take(other, "merge", { into: one }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await statuses(one, other)).sort()).toEqual(["merged", "reported"]);
  }
});

it("what was taken out of another does not go back into it when that one is in it by now", async () => {
  const [one, other] = await pair("again");
  await take(one, "merge", { into: other });
  await take(one, "unmerge");
  await take(other, "merge", { into: one });
  const { status, body } = await take(one, "undo");
  expect({ status, code: body.code }).toEqual({
    ...{ status: 422, code: "intoEnded" },
  });
  expect(await statuses(one, other)).toEqual(["reported", "merged"]);

  const [free, into] = await pair("back");
  await take(free, "merge", { into });
  await take(free, "unmerge");
  expect((await take(free, "undo")).status).toBe(200);
  expect(await statuses(free, into)).toEqual(["merged", "reported"]);
});
