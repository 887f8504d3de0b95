import { beforeEach, describe, expect, it } from "vitest";
import { SECOND } from "../../contract/time.ts";
import { CallError, type Call } from "../live/call.ts";
import type { Errand, Item } from "./item.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

const REPORT: Errand = {
  kind: "report",
  report: {
    ...{ title: "井盖破损", description: "", address: "幸福路" },
    ...{ category: null, priority: null },
  },
};
const VISIT: Errand = {
  kind: "visit",
  incident: { id: "i1", number: "2026-0000001", title: "积水" },
  rev: 4,
  asked: { step: "check", body: { result: "passed", note: "", photos: [] } },
};
const photo = new Blob(["a picture"]);

let asked: [door: string, ask: { body?: unknown }][];
let answers: Record<string, (body: never) => unknown>;
let held: Map<string, Item>;
let who: string | null;
let outbox: Outbox;
const refusal =
  (status: number, problem: object | null = null) =>
  () => {
    throw new CallError(`HTTP ${status}`, status, problem as never);
  };
const doors = () => asked.map(([door]) => door);
const states = () => [...held.values()].map(({ state }) => state);

beforeEach(async () => {
  asked = [];
  held = new Map();
  who = "lin";
  answers = {
    putAttachment: () => ({ id: "a".repeat(64) }),
    reportIncident: () => ({ id: "i9", number: "2026-0000009" }),
    takeStep: () => ({}),
  };
  const call = (door: string, ask: { body?: unknown }) => {
    asked.push([door, structuredClone(ask)]);
    return new Promise((done) => done(answers[door]!(ask.body as never)));
  };
  let made = 0;
  outbox = createOutbox({
    shelf: {
      items: () => Promise.resolve([...held.values()]),
      put: (item) => {
        held.set(item.id, structuredClone(item));
        return Promise.resolve();
      },
      remove: (id) => {
        held.delete(id);
        return Promise.resolve();
      },
    },
    call: call as unknown as Call,
    now: () => 100 * SECOND,
    owner: () => "lin",
    who: () => Promise.resolve(who),
    newId: () => `key-${++made}`,
    alone: (work) => work(),
  });
  await outbox.load();
});

describe("what was done on a phone", () => {
  it("waits without a network, in order, and goes once when there is one", async () => {
    answers["putAttachment"] = refusal(0);
    await outbox.add(REPORT, [photo]);
    await outbox.add(VISIT, []);
    await outbox.flush();
    expect(states()).toEqual(["waiting", "waiting"]);
    expect(doors()).toEqual(["putAttachment"]);
    answers["putAttachment"] = () => ({ id: "b".repeat(64) });
    await outbox.flush();
    await outbox.flush();
    expect(doors().slice(1)).toEqual([
      ...["putAttachment", "reportIncident", "takeStep"],
    ]);
    expect(asked[2]![1].body).toMatchObject({
      ...{ key: "key-1", photos: ["b".repeat(64)], source: "gridWorker" },
    });
    expect(held.get("key-1")).toMatchObject({
      ...{ state: "sent", photos: [], incident: { number: "2026-0000009" } },
    });
  });

  it("sends no picture twice where the report behind it did not get through", async () => {
    answers["reportIncident"] = refusal(503);
    await outbox.add(REPORT, [photo]);
    await outbox.flush();
    answers["reportIncident"] = () => ({ id: "i9", number: "9" });
    await outbox.flush();
    expect(doors()).toEqual([
      ...["putAttachment", "reportIncident", "reportIncident"],
    ]);
    const keys = asked
      .slice(1)
      .map(([, { body }]) => (body as { key: string }).key);
    expect(new Set(keys).size).toBe(1);
  });

  it("is not sent by another's session, nor where one has ended", async () => {
    await outbox.add(REPORT, []);
    who = "zhou";
    await outbox.flush();
    who = null;
    await outbox.flush();
    expect(doors()).toEqual([]);
    who = "lin";
    answers["reportIncident"] = refusal(401);
    await outbox.flush();
    expect(states()).toEqual(["waiting"]);
  });

  it("is refused with the reason, holds up nothing behind it, and can be put right", async () => {
    const problem = { title: "Not understood", status: 422, detail: "outside" };
    answers["reportIncident"] = refusal(422, problem);
    await outbox.add(REPORT, [photo]);
    await outbox.add(VISIT, []);
    await outbox.flush();
    expect(states()).toEqual(["refused", "sent"]);
    expect(held.get("key-1")!.problem!.problem).toEqual(problem);
    answers["reportIncident"] = () => ({ id: "i9", number: "9" });
    await outbox.again("key-1", { errand: REPORT, photos: [photo] });
    await outbox.flush();
    expect(states()).toEqual(["sent", "sent"]);
  });

  it("sends pictures again that waited too long for their report, once", async () => {
    const errors = [
      { path: "/photos/0", message: "", code: "attachmentMissing" },
    ];
    answers["reportIncident"] = refusal(422, {
      title: "",
      status: 422,
      errors,
    });
    await outbox.add(REPORT, [photo]);
    await outbox.flush();
    expect(doors()).toEqual([
      ...["putAttachment", "reportIncident", "putAttachment", "reportIncident"],
    ]);
    expect(states()).toEqual(["refused"]);
  });

  it("knows its own step again where the answer was lost, and another's from it", async () => {
    const line = (login: string, result: string) => ({
      ...{ rev: 5, who: login, what: "check", facts: { result } },
    });
    answers["takeStep"] = refusal(409);
    answers["getIncident"] = () => ({ history: [line("lin", "passed")] });
    await outbox.add(VISIT, []);
    await outbox.flush();
    expect(states()).toEqual(["sent"]);
    answers["getIncident"] = () => ({ history: [line("zhou", "passed")] });
    await outbox.add(VISIT, []);
    await outbox.flush();
    expect(states()).toEqual(["sent", "refused"]);
  });
});
