/** Reports and steps of a person, as no page sends them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../contract/door.ts";
import type { Incident } from "../../contract/incident.ts";
import { FLOW_CITY } from "../flow/city.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";

let hub: Hub;
let worker: string;
let leader: string;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  worker = await hub.signIn("gridWorker");
  leader = await hub.signIn("shiftLeader");
});
afterAll(() => hub.stop());

type Answer = Pick<Incident, "id"> & Pick<Problem, "errors">;
let reports = 0;
const report = (more: object) =>
  ask<Answer>(hub, "POST", "/api/incidents", {
    cookie: worker,
    body: {
      ...{ key: `by-hand-${reports++}`, source: "gridWorker" },
      ...{ title: "井盖松动", category: "pothole", ...PLACES.west, ...more },
    },
  });
const take = (id: string, step: string, body: object) =>
  ask<Problem>(hub, "POST", `/api/incidents/${id}/steps`, {
    cookie: leader,
    body: { rev: 1, asked: { step, body } },
  });
const pathsOf = ({ errors }: Pick<Problem, "errors">) =>
  errors?.map(({ path }) => path);

describe("a report by hand", () => {
  it.each([
    ["a title that nobody sees", { title: "\u200b \u3000" }, "/body/title"],
    ["a time before all clocks", { reportedAt: -9e15 }, "/body/reportedAt"],
    ["half a point", { lat: undefined }, "/body/lng"],
    ["a category of no city", { category: "constructor" }, "/category"],
    ["a time to come", { reportedAt: Date.now() + 6e5 }, "/reportedAt"],
  ])("is refused for %s, with a sentence of its own", async (_, more, path) => {
    const { status, body } = await report(more);
    expect([400, 422]).toContain(status);
    expect(pathsOf(body)).toEqual([path]);
    expect(body.errors![0]!.code).toBeDefined();
  });

  it("may be of any year that is kept, and has its suggestions", async () => {
    const { status, body } = await report({ reportedAt: 0 });
    expect(status).toBe(200);
    const likeness = `/api/incidents/${body.id}/likeness`;
    expect((await ask(hub, "GET", likeness, { cookie: leader })).status).toBe(
      200,
    );
  });
});

describe("a step", () => {
  it.each([
    ["void", { reason: "  " }, "/body/asked/body/reason"],
    ["note", { note: "\ufeff\u2060" }, "/body/asked/body/note"],
    ["edit", { title: "\u202e" }, "/body/asked/body/title"],
    ["edit", { category: "__proto__" }, "/body/category"],
  ])("%s with %j is refused", async (step, given, path) => {
    const { body: incident } = await report({});
    const { status, body } = await take(incident.id, step, given);
    expect([400, 422]).toContain(status);
    expect(pathsOf(body)).toEqual([path]);
  });
});

it("nobody's caller is shown for a reason that nobody reads", async () => {
  const { body } = await report({ reporter: { name: "王小明" } });
  const reveal = (reason: string) =>
    ask(hub, "POST", `/api/incidents/${body.id}/reveal`, {
      ...{ cookie: leader, body: { reason } },
    });
  expect((await reveal("    ")).status).toBe(400);
  expect((await reveal("核实来电")).status).toBe(200);
});

it("a sender's half of a point is told, not lost", async () => {
  const item = { externalId: "half", source: "hotline", title: "积水" };
  const response = await hub.post("hotline", [
    { ...item, reportedAt: Date.now(), lng: PLACES.west.lng },
  ]);
  expect(await response.json()).toMatchObject({
    ...{ accepted: 0, rejected: 1 },
    rejections: [{ path: "/0/lat" }],
  });
});
