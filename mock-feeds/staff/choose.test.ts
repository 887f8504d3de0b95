import { expect, it } from "vitest";
import { isLeft, nextMove, type Office } from "./choose.ts";
import { HABITS, STAGES } from "./habits.ts";
import type { Listed, Matter, Move } from "./matter.ts";

const office = (seed = 42): Office => ({
  seed,
  leads: new Map([
    ["0406", "DRAIN"],
    ["0501", "URBAN"],
    ["0601", "SANI"],
  ]),
  logins: new Set(["staff-acceptor", "staff-shiftleader"]),
});

const listed = (externalId: string, more: Partial<Listed> = {}): Listed => ({
  ...{ id: externalId, number: externalId, externalId },
  ...{ feed: "hotline-12345", source: "hotline12345" },
  ...{ category: "0406", matterClass: "A" },
  ...{ status: "reported", lng: 116, address: "", historic: false },
  ...{ parent: null, rev: 1, returns: 0, reworks: 0, urges: 0, ...more },
});

const matter = (
  incident: Listed,
  dossier: Partial<Matter["dossier"]> = {},
  who: string[] = ["feed:hotline-12345"],
): Matter => ({
  incident,
  dossier: {
    ...{ isTaken: true, orders: [], requests: [], visits: [] },
    ...{ instructions: [], extensions: 0, ...dossier },
  },
  history: who.map((each) => ({ at: 1_000_000, who: each })),
});

const MANY = Array.from({ length: 1000 }, (_, i) => `HL${i}`);
/** Those that the staff sees through. */
const taken = MANY.filter(
  (id) => !isLeft(office(), listed(id, { status: "evaluated" })),
);

/** How many of those that the staff works on come to each step. */
function counted(of: (id: string) => Move | null): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of taken) {
    const step = of(id)?.step ?? "none";
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts;
}

it("leaves a good third of the matters to whoever visits the city, the same at every start", () => {
  const leftAs = (status: string, seed = 42) =>
    MANY.filter((id) => isLeft(office(seed), listed(id, { status })));
  const left = leftAs("evaluated");
  expect(left.length / MANY.length).toBeGreaterThan(1 / 3);
  expect(left.length / MANY.length).toBeLessThan(HABITS.leaves + 0.06);
  expect(leftAs("evaluated")).toEqual(left);
  expect(leftAs("evaluated", 7)).not.toEqual(left);
  for (const id of left)
    expect(
      nextMove(matter(listed(id, { status: "evaluated" })), office()),
    ).toBeNull();
});

it("leaves them at every desk, and takes what is left later there soon", () => {
  let before = -1;
  for (const status of STAGES.slice(0, -1)) {
    const left = MANY.filter((id) => isLeft(office(), listed(id, { status })));
    expect(left.length, status).toBeGreaterThan(before);
    before = left.length;
  }
  const later = MANY.filter(
    (id) =>
      isLeft(office(), listed(id, { status: "closed" })) &&
      !isLeft(office(), listed(id)),
  );
  const at = later.map((id) => nextMove(matter(listed(id)), office())!.at);
  expect(Math.max(...at) - 1_000_000).toBeLessThan(60_000);
});

it.each([
  ["what a visitor entered by hand", { feed: "desk" }, ["feed:desk"]],
  ["what a visitor took a step with", {}, ["feed:x", "demo-acceptor"]],
])("leaves %s alone", (_, more, who) => {
  for (const id of taken)
    expect(nextMove(matter(listed(id, more), {}, who), office())).toBeNull();
});

it("goes on with what itself, a clock or an alarm wrote into", () => {
  const who = ["alarm", "feed:x", "staff-acceptor", "clock"];
  const steps = counted((id) =>
    nextMove(matter(listed(id), {}, who), office()),
  );
  expect(steps["none"]).toBeUndefined();
});

it("leaves alone what another system leads through its course", () => {
  const steps = counted((id) =>
    nextMove(matter(listed(id), { elsewhere: {} }), office()),
  );
  expect(steps).toEqual({ none: taken.length });
});

it("registers most, proposes some, and has some looked at first", () => {
  const steps = counted((id) => nextMove(matter(listed(id)), office()));
  expect(Object.keys(steps).sort()).toEqual(["propose", "register", "verify"]);
  expect(steps["register"]).toBeGreaterThan(taken.length / 2);
});

it("registers nothing without a category: it takes the one that is suggested, or waits", () => {
  const [id] = taken;
  const one = matter(listed(id!, { category: null }));
  expect(nextMove(one, office())).toBeNull();
  expect(nextMove(one, office(), "0501")).toMatchObject({
    ...{ by: "acceptor", step: "edit", body: { category: "0501" } },
  });
});

it("sends to the category's department, now and then to another, which asks to return it to the right one", () => {
  const registered = (id: string, returns: number) =>
    nextMove(matter(listed(id, { status: "registered", returns })), office());
  const leads = taken.map((id) => registered(id, 0)!.body["lead"] as string);
  const astray = leads.filter((lead) => lead !== "DRAIN").length;
  expect(astray).toBeGreaterThan(0);
  expect(astray).toBeLessThan(taken.length / 4);
  for (const [i, id] of taken.entries()) {
    const orders = [
      ...[{ no: 1, department: leads[i]!, isLead: true, status: "sent" }],
    ];
    const incident = listed(id, { status: "dispatched" });
    expect(nextMove(matter(incident, { orders }), office())).toMatchObject(
      leads[i] === "DRAIN"
        ? { step: "sign" }
        : { step: "askReturn", body: { suggested: "DRAIN" } },
    );
    expect(registered(id, 1)!.body["lead"]).toBe("DRAIN");
  }
});

it("lets helpers report before whoever leads", () => {
  const orders = [
    { no: 1, department: "DRAIN", isLead: true, status: "handling" },
    { no: 2, department: "SANI", isLead: false, status: "handling" },
  ];
  for (const id of taken) {
    const incident = listed(id, { status: "handling", urges: 1 });
    const move = nextMove(
      matter(incident, { orders, instructions: [{ no: 1, answer: {} }] }),
      office(),
    );
    expect(move).toMatchObject({ step: "feedBack", body: { order: 2 } });
  }
});

it("does not try again what was refused, and goes on in another way", () => {
  const orders = [
    { no: 1, department: "DRAIN", isLead: true, status: "handling" },
  ];
  const of = (id: string, refused: string[]) =>
    nextMove(
      matter(listed(id, { status: "handling", urges: 1 }), {
        ...{ orders, instructions: [{ no: 1, answer: {} }] },
      }),
      office(),
      null,
      new Set(refused),
    );
  expect(counted((id) => of(id, []))["askExtension"]).toBeGreaterThan(0);
  expect(counted((id) => of(id, ["askExtension"]))).toEqual({
    feedBack: taken.length,
  });
});

it("has some of the work done again, once, and closes the rest", () => {
  const checked = (id: string, result: string | null, reworks = 0) =>
    nextMove(
      matter(listed(id, { status: "checking", reworks }), {
        visits: [{ kind: "check", result }],
      }),
      office(),
    )!;
  const results = (reworks: number) =>
    new Set(taken.map((id) => checked(id, null, reworks).body["result"]));
  expect(results(0)).toEqual(new Set(["passed", "failed"]));
  expect(results(1)).toEqual(new Set(["passed"]));
  expect(checked(taken[0]!, "failed").step).toBe("rework");
  expect(checked(taken[0]!, "passed").step).toBe("close");
});

it("calls back who called, and most are satisfied", () => {
  const answers = taken.map(
    (id) =>
      nextMove(matter(listed(id, { status: "closed" })), office())!.body[
        "result"
      ],
  );
  expect(new Set(answers).size).toBe(4);
  const satisfied = answers.filter((result) => result === "satisfied").length;
  expect(satisfied).toBeGreaterThan(taken.length / 2);
  const unasked = { status: "closed", source: "videoAi" };
  expect(nextMove(matter(listed(taken[0]!, unasked)), office())).toBeNull();
});

it("takes a while over every step, never the same", () => {
  const at = taken.map((id) => nextMove(matter(listed(id)), office())!.at);
  expect(Math.min(...at)).toBeGreaterThan(1_000_000);
  expect(new Set(at).size).toBe(at.length);
});

/** What a step makes of a matter, as far as the staff looks at it. */
function after(
  { incident, dossier }: Matter,
  { step, body, at }: Move,
): Matter {
  const lead = { no: 1, department: (body["lead"] as string) ?? "DRAIN" };
  const order = (status: string) => [{ ...lead, isLead: true, status }];
  const visit = (kind: string, result: string | null) => ({
    visits: [{ kind, result }],
  });
  const request = (kind: string, state: string) => ({
    requests: [{ no: 1, kind, state, suggested: null }],
  });
  const into: Record<string, [string, Partial<Matter["dossier"]>]> = {
    propose: ["reported", request("register", "waiting")],
    agree: ["registered", { requests: [] }],
    verify: ["verifying", visit("verify", null)],
    verified: ["reported", visit("verify", String(body["result"]))],
    register: ["registered", {}],
    decline: ["declined", {}],
    dispatch: ["dispatched", { orders: order("sent") }],
    sign: ["handling", { orders: order("handling") }],
    feedBack: ["fedBack", { orders: order("fedBack") }],
    sendCheck: ["checking", visit("check", null)],
    check: ["checking", visit("check", String(body["result"]))],
    close: ["closed", {}],
    evaluate: ["evaluated", {}],
  };
  const [status, more] = into[step] ?? ["elsewhere", {}];
  return {
    incident: { ...incident, status, rev: incident.rev + 1 },
    dossier: { ...dossier, ...more },
    history: [{ at, who: "staff-acceptor" }],
  };
}

it("closes matters and hears from citizens before a fresh demo is two minutes old, and has most to do after", () => {
  const begun = 1_000_000;
  const became: Record<string, number> = {};
  for (const id of MANY.slice(0, 300)) {
    let one = matter(listed(id));
    const seen = new Set<string>();
    for (;;) {
      seen.add(one.incident.status);
      const move = nextMove(one, office());
      if (!move || move.at > begun + 2 * 60_000) break;
      one = after(one, move);
    }
    for (const status of seen) became[status] = (became[status] ?? 0) + 1;
  }
  expect(became["closed"]).toBeGreaterThan(8);
  expect(became["evaluated"]).toBeGreaterThan(3);
  expect(became["closed"]).toBeLessThan(60);
});
