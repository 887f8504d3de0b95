/** The life cycle of domain.md §4, step by step, without a store or a clock. */
import type { Held } from "../../../contract/incident.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ENDED } from "../../../contract/incident-status.ts";
import type { Action } from "../../../contract/role.ts";
import {
  STEP_NAMES,
  STEPS,
  type Step,
  type StepBody,
  type StepName,
} from "../../../contract/step.ts";
import { HOUR, MINUTE } from "../../../contract/time.ts";
import { ORDER_ENDED } from "../../../contract/work-order.ts";
import { rulesOf } from "../../../test/kit/rules.ts";
import { deadlineOf } from "./clock-face.ts";
import { decide, legalSteps } from "./decide.ts";
import { clockOf, firstDossier, summed, type Actor } from "./held.ts";
import { StepRefusal } from "./refusal.ts";
import { createAreaIndex } from "../areas.ts";

/** Friday, in working hours. */
const FRIDAY = Date.parse("2026-11-20T10:00:00+08:00");
const place = {
  districtAt: () => "990101",
  ...createAreaIndex([]),
  inside: () => true,
};
const rules = rulesOf(place, [
  "URBAN",
  "WATER",
  "POLICE",
  "DIST-01",
  "DIST-02",
]);

const actor = (
  actions: Action[],
  login: string,
  departments: string[] | null = null,
): Actor => ({
  ...{ login, name: login, actions: new Set(actions) },
  ...{ departments, districts: null },
});
const ACCEPTOR = actor(["report", "triage"], "acceptor");
const LEADER = actor(["triage", "rule", "dispatch", "supervise"], "leader");
const CHIEF = actor(["ruleHigher"], "chief");
const DISPATCHER = actor(["dispatch"], "dispatcher");
const URBAN = actor(["handle"], "urban", ["URBAN"]);
const WATER = actor(["handle"], "water", ["WATER"]);
const WORKER = actor(["visit"], "worker");
const SEAT = actor(["callBack"], "seat");

/** Somebody who may do everything, so that only the state decides. */
const EVERYBODY = actor(
  [
    ...(["report", "triage", "rule", "ruleHigher", "dispatch"] as const),
    ...(["handle", "visit", "callBack", "urge", "supervise"] as const),
    "instruct",
  ],
  "everybody",
);

const report = (): Held => ({
  dossier: firstDossier(
    { category: "0406", historic: false },
    { now: FRIDAY, rules },
  ),
  incident: {
    ...{ id: "1", number: "2026-0000001", feed: "hotline", externalId: "1" },
    ...{ source: "12345", department: "HOTLINE", category: "0406" },
    ...{ title: "井盖缺失", description: "", priority: null, rev: 1 },
    ...{ status: "reported", lng: 117, lat: 31, district: "990101" },
    ...{ address: "", reportedAt: FRIDAY, receivedAt: FRIDAY },
    ...{ closedAt: null, sensor: null, camera: null, confidence: null },
    ...{ historic: false, matterClass: "A", centre: null, parent: null },
  },
});

/** Steps one after the other, a minute apart. */
function walk(
  held: Held,
  steps: [Actor, Step["step"], object?][],
  from = FRIDAY,
): Held {
  return steps.reduce((state, [who, step, body], i) => {
    const now = from + (i + 1) * MINUTE;
    return take(state, who, step, body, now);
  }, held);
}

function take(
  held: Held,
  who: Actor,
  step: StepName,
  body: object = {},
  now = FRIDAY + HOUR,
  more: { other?: Held["incident"]; before?: Held } = {},
): Held {
  const given = STEPS[step].body.parse(body) as StepBody<StepName>;
  return decide(held, { step, body: given } as Step, {
    ...{ now, actor: who, rules },
    ...{ other: more.other ?? null, before: more.before ?? null },
  });
}

const why = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof StepRefusal) return error.message;
    throw error;
  }
  return "it was taken";
};

const REGISTERED = () => walk(report(), [[LEADER, "register"]]);
const DISPATCHED = (co: string[] = []) =>
  walk(REGISTERED(), [[DISPATCHER, "dispatch", { lead: "URBAN", co }]]);
const HANDLING = (co: string[] = []) =>
  walk(DISPATCHED(co), [[URBAN, "sign", { order: 1 }]]);
const FED_BACK = () =>
  walk(HANDLING(), [[URBAN, "feedBack", { order: 1, note: "已补装" }]]);

describe("a matter goes from its report to its evaluation", () => {
  it("through every hand, and its history could be told", () => {
    const done = walk(report(), [
      [ACCEPTOR, "verify"],
      [WORKER, "verified", { result: "true", note: "属实" }],
      [ACCEPTOR, "propose"],
      [LEADER, "agree", { request: 1 }],
      [DISPATCHER, "dispatch", { lead: "URBAN", co: ["WATER"] }],
      [URBAN, "sign", { order: 1 }],
      [WATER, "sign", { order: 2 }],
      [WATER, "feedBack", { order: 2, note: "抽干了" }],
      [URBAN, "feedBack", { order: 1, note: "补上了" }],
      [ACCEPTOR, "sendCheck"],
      [WORKER, "check", { result: "passed" }],
      [LEADER, "close"],
      [SEAT, "evaluate", { result: "satisfied" }],
    ]);
    expect(done.incident).toMatchObject({ status: "evaluated", rev: 14 });
    expect(done.dossier.orders.map(({ status }) => status)).toEqual([
      "done",
      "done",
    ]);
    expect(done.dossier.clocks.every(({ clock }) => clock.stoppedAt)).toBe(
      true,
    );
  });

  it("whoever cannot be reached is called three times, and anew after a reopening", () => {
    const missed: [Actor, StepName, object] = [
      ...([SEAT, "evaluate"] as const),
      { result: "unreachable" },
    ];
    const closed = walk(FED_BACK(), [
      [ACCEPTOR, "sendCheck"],
      [WORKER, "check", { result: "passed" }],
      [LEADER, "close"],
      missed,
      missed,
    ]);
    expect(closed.incident.status).toBe("closed");
    expect(closed.dossier).toMatchObject({ unreached: 2, evaluation: null });
    const given = take(closed, SEAT, "evaluate", { result: "unreachable" });
    expect(given.incident.status).toBe("evaluated");
    expect(given.dossier.evaluation?.result).toBe("unreachable");
    const reopened = take(given, LEADER, "reopen", { reason: "来电补充" });
    expect(reopened.dossier.unreached).toBeUndefined();
  });

  it("a trusted source's is registered by whoever accepts, another's is proposed", () => {
    expect(why(() => take(report(), ACCEPTOR, "register"))).toMatch(/propose/);
    const trusted = { ...rules, trusted: new Set(["12345"]) };
    expect(
      decide(
        report(),
        { step: "register", body: {} },
        {
          now: FRIDAY,
          actor: ACCEPTOR,
          rules: trusted,
          other: null,
          before: null,
        },
      ).incident.status,
    ).toBe("registered");
  });

  it("what has neither category nor place is not registered", () => {
    const bare = report();
    Object.assign(bare.incident, { category: null, lng: null });
    expect(why(() => take(bare, LEADER, "register"))).toBe(
      "2026-0000001 lacks category and place",
    );
  });
});

describe("a department", () => {
  it("works on its own orders alone", () => {
    expect(why(() => take(DISPATCHED(), WATER, "sign", { order: 1 }))).toBe(
      "order 1 is of URBAN",
    );
  });

  it("has its time from the dispatch on, however late it signs", () => {
    const late = take(
      DISPATCHED(),
      URBAN,
      "sign",
      { order: 1 },
      FRIDAY + 9 * HOUR,
    );
    const clock = clockOf(late, "handle", 1)!.clock;
    expect(clock.startedAt).toBe(FRIDAY + MINUTE);
    expect(clock.stoppedAt).toBeNull();
  });

  it("that leads feeds back when the others have", () => {
    const both = walk(HANDLING(["WATER"]), [[WATER, "sign", { order: 2 }]]);
    const early = () =>
      take(both, URBAN, "feedBack", { order: 1, note: "好了" });
    expect(why(early)).toBe("WATER did not feed back yet");
    const co = take(both, WATER, "feedBack", { order: 2, note: "好了" });
    expect(co.incident.status).toBe("handling");
    expect(
      take(co, URBAN, "feedBack", { order: 1, note: "好了" }).incident.status,
    ).toBe("fedBack");
  });

  it("returns what is not its own, and the used time stays with it", () => {
    const asked = walk(HANDLING(["WATER"]), [
      [
        URBAN,
        "askReturn",
        { order: 1, reason: "不属我局", suggested: "WATER" },
      ],
    ]);
    expect(summed(asked, rules).waiting).toEqual(["return"]);
    const back = take(asked, LEADER, "agree", { request: 1 });
    expect(back.incident.status).toBe("registered");
    expect(back.dossier.orders.map(({ status }) => status)).toEqual([
      "returned",
      "withdrawn",
    ]);
    expect(clockOf(back, "handle", 1)!.clock.stoppedAt).toBe(FRIDAY + HOUR);
    const again = take(back, DISPATCHER, "dispatch", { lead: "WATER" });
    expect(clockOf(again, "handle")!.clock.startedAt).toBe(FRIDAY + HOUR);
  });

  it("that was chosen wrongly loses its order to the centre, and nobody returned it", () => {
    const back = walk(HANDLING(["WATER"]), [
      [DISPATCHER, "recall", { reason: "权属不符" }],
    ]);
    expect(back.incident.status).toBe("registered");
    expect(back.dossier.orders.map(({ status }) => status)).toEqual([
      "withdrawn",
      "withdrawn",
    ]);
    expect(back.dossier.returns).toBe(0);
    expect(clockOf(back, "handle", 1)!.clock.stoppedAt).not.toBeNull();
    const again = take(back, DISPATCHER, "dispatch", { lead: "WATER" });
    expect(again.incident.status).toBe("dispatched");
  });

  it("of the co-handlers returns its order alone", () => {
    const back = walk(HANDLING(["WATER"]), [
      [WATER, "askReturn", { order: 2, reason: "不涉水" }],
      [LEADER, "agree", { request: 1 }],
    ]);
    expect(back.incident.status).toBe("handling");
    expect(back.dossier.orders.map(({ status }) => status)).toEqual([
      "handling",
      "returned",
    ]);
  });

  it("is named by the shift leader after the second return", () => {
    const twice = [1, 2].reduce(
      (held, no) =>
        walk(
          held,
          [
            [LEADER, "dispatch", { lead: "URBAN" }],
            [URBAN, "askReturn", { order: no, reason: "不属我局" }],
            [LEADER, "agree", { request: no }],
          ],
          FRIDAY + no * 10 * MINUTE,
        ),
      REGISTERED(),
    );
    expect(twice.dossier.returns).toBe(2);
    const dispatch = { lead: "WATER" };
    expect(why(() => take(twice, DISPATCHER, "dispatch", dispatch))).toMatch(
      /shift leader/,
    );
    expect(take(twice, LEADER, "dispatch", dispatch).incident.status).toBe(
      "dispatched",
    );
  });
});

describe("time", () => {
  const extension = { order: 1, reason: "要开挖", matterClass: "B" };

  it("is extended once by the shift leader and kept for statistics, then by who rules higher", () => {
    const before = clockOf(HANDLING(), "handle")!.clock;
    const once = walk(HANDLING(), [
      [URBAN, "askExtension", extension],
      [LEADER, "agree", { request: 1 }],
    ]);
    const { clock } = clockOf(once, "handle")!;
    expect(clock.limit).toEqual(before.limit);
    expect(deadlineOf(clock, rules.calendar)).toBeGreaterThan(
      deadlineOf(before, rules.calendar)!,
    );
    const more = take(once, URBAN, "askExtension", {
      ...{ order: 1, reason: "下雨" },
      until: FRIDAY + 60 * 24 * HOUR,
    });
    expect(why(() => take(more, LEADER, "agree", { request: 2 }))).toMatch(
      /section head/,
    );
    expect(take(more, CHIEF, "agree", { request: 2 }).dossier.extensions).toBe(
      2,
    );
  });

  it("is not extended to a limit that no table may have", () => {
    const until = (hours: number) =>
      why(() =>
        take(HANDLING(), URBAN, "askExtension", {
          ...{ order: 1, reason: "要开挖", until: FRIDAY + hours * HOUR },
        }),
      );
    expect(until(10_001)).toMatch(/longer than 10,?000 hours/);
    expect(until(9_999)).toBe("it was taken");
  });

  it("that is over is not extended any more", () => {
    const late = FRIDAY + 60 * 24 * HOUR;
    expect(
      why(() => take(HANDLING(), URBAN, "askExtension", extension, late)),
    ).toMatch(/asked for before/);
  });

  it("stands still while it is suspended", () => {
    const held = walk(HANDLING(), [
      [
        ...([URBAN, "askSuspension"] as const),
        { order: 1, reason: "冬季不能施工", reviewAt: FRIDAY + 90 * 24 * HOUR },
      ],
      [LEADER, "agree", { request: 1 }],
    ]);
    expect(held.incident.status).toBe("suspended");
    expect(summed(held, rules).due).toMatchObject({
      dueAt: null,
      pausedAt: FRIDAY + 2 * MINUTE,
    });
    const on = take(held, LEADER, "resume");
    expect(on.dossier.orders[0]!.status).toBe("handling");
    expect(summed(on, rules).due!.dueAt).not.toBeNull();
  });

  const suspension = (order: number): object => ({
    ...{ order, reason: "冬季不能施工", reviewAt: FRIDAY + 90 * 24 * HOUR },
  });

  it("goes on for a co-handler who alone was suspended: else nobody could ever feed back", () => {
    const held = walk(HANDLING(["WATER"]), [
      [WATER, "sign", { order: 2 }],
      [WATER, "askSuspension", suspension(2)],
      [LEADER, "agree", { request: 1 }],
    ]);
    expect(held.incident.status).toBe("handling");
    const ask = { actor: LEADER, rules, now: FRIDAY + HOUR };
    const offered = (of: Held) =>
      legalSteps(of, { ...ask, other: null, before: null }).some(
        ({ step }) => step === "resume",
      );
    expect(offered(held)).toBe(true);
    const on = take(held, LEADER, "resume");
    expect(on.dossier.reviewAt).toBeNull();
    expect(offered(on)).toBe(false);
    expect(clockOf(on, "handle", 2)!.clock.pauses).toHaveLength(1);
    const fedBack: Parameters<typeof walk>[1] = [
      [WATER, "feedBack", { order: 2, note: "已排水" }],
      [URBAN, "feedBack", { order: 1, note: "已补装" }],
    ];
    const done = walk(on, fedBack, FRIDAY + HOUR);
    expect(done.incident.status).toBe("fedBack");
  });

  it("uses nobody's time meanwhile, be it a co-handler who signed later or came later", () => {
    const held = walk(HANDLING(["WATER"]), [
      [URBAN, "askSuspension", suspension(1)],
      [LEADER, "agree", { request: 1 }],
      [WATER, "sign", { order: 2 }],
      [DISPATCHER, "addHandler", { department: "POLICE" }],
    ]);
    const due = (of: Held, no: number) =>
      deadlineOf(clockOf(of, "handle", no)!.clock, rules.calendar);
    expect([1, 2, 3].map((no) => due(held, no))).toEqual([null, null, null]);
    const on = take(held, LEADER, "resume");
    expect([1, 2, 3].map((no) => due(on, no))).not.toContain(null);
  });

  it("is no reason to refuse a step where the machine's time was set back", () => {
    const fedBack = take(
      ...([HANDLING(), URBAN, "feedBack"] as const),
      { order: 1, note: "已补装" },
      FRIDAY - HOUR,
    );
    const { stoppedAt, startedAt } = clockOf(fedBack, "handle")!.clock;
    expect(stoppedAt).toBe(startedAt);
  });

  it("has no day of review any more once it is another department's", () => {
    const held = walk(HANDLING(), [
      [URBAN, "askReturn", { order: 1, reason: "不属本局" }],
      [URBAN, "askSuspension", suspension(1)],
      [LEADER, "agree", { request: 2 }],
      [LEADER, "agree", { request: 1 }],
    ]);
    expect(held.incident.status).toBe("registered");
    expect(held.dossier.reviewAt).toBeNull();
  });
});

describe("work that was not good", () => {
  it("is done again with a clock of its own", () => {
    const again = walk(FED_BACK(), [
      [ACCEPTOR, "sendCheck"],
      [WORKER, "check", { result: "failed", note: "又塌了" }],
      [LEADER, "rework", { reason: "核查不通过" }],
    ]);
    expect(again.incident.status).toBe("handling");
    expect(again.dossier.reworks).toBe(1);
    expect(clockOf(again, "handle")!.clock.startedAt).toBe(FRIDAY + 3 * MINUTE);
  });

  it("is not closed before a check passed", () => {
    const failed = walk(FED_BACK(), [
      [ACCEPTOR, "sendCheck"],
      [WORKER, "check", { result: "failed" }],
    ]);
    expect(why(() => take(failed, LEADER, "close"))).toMatch(/done again/);
  });

  it("is opened again within thirty days of its closing", () => {
    const closed = walk(FED_BACK(), [[LEADER, "close"]]);
    expect(closed.dossier.visits).toMatchObject([{ result: "passed" }]);
    const days = (n: number) => FRIDAY + n * 24 * HOUR;
    const reopen = (now: number) =>
      take(closed, LEADER, "reopen", { reason: "回访不满意" }, now);
    expect(reopen(days(29)).incident).toMatchObject({
      status: "handling",
      closedAt: null,
    });
    expect(why(() => reopen(days(31)))).toMatch(/too long ago/);
  });

  it("waits to be dispatched where it is opened again and nobody had it: its sender had ended it", () => {
    const ended = report();
    Object.assign(ended.incident, { status: "closed", closedAt: FRIDAY });
    const held = take(ended, LEADER, "reopen", { reason: "并未解决" });
    expect(held.incident).toMatchObject({
      status: "registered",
      closedAt: null,
    });
    expect(summed(held, rules).due!.stage).toBe("dispatch");
    expect(clockOf(held, "accept")!.clock.judgement).toMatchObject({
      ...{ isDone: false, isKept: true },
    });
    const given = take(held, DISPATCHER, "dispatch", { lead: "URBAN" });
    expect(given.dossier.orders).toHaveLength(1);
  });
});

describe("merging", () => {
  const parent = { ...report().incident, id: "2", number: "2026-0000002" };

  it("is a link: taken out again, it is as if it had never been", () => {
    const before = HANDLING();
    const merged = take(
      before,
      ACCEPTOR,
      "merge",
      { into: "2" },
      FRIDAY + HOUR,
      {
        other: parent,
      },
    );
    expect(merged.incident).toMatchObject({ status: "merged", parent: "2" });
    const out = take(merged, ACCEPTOR, "unmerge", {}, FRIDAY + 2 * HOUR);
    expect({ ...out.incident, rev: 0 }).toEqual({ ...before.incident, rev: 0 });
    expect(out.dossier).toEqual({ ...before.dossier, isTaken: true });
  });

  it("is not into itself, nor into what is over or not there", () => {
    const into = (other?: Held["incident"]) =>
      why(() =>
        take(report(), ACCEPTOR, "merge", { into: "2" }, FRIDAY, {
          ...(other && { other }),
        }),
      );
    expect(into({ ...parent, id: "1" })).toMatch(/into itself/);
    expect(into({ ...parent, status: "closed" })).toMatch(/open/);
    expect(into()).toBe("there is no incident 2");
  });
});

it("a district's centre has what was passed down to it, and the city what was passed up", () => {
  const down = take(report(), DISPATCHER, "passDown", { centre: "DIST-01" });
  expect(summed(down, rules).departments).toEqual(["HOTLINE", "DIST-01"]);
  const up = take(down, DISPATCHER, "passUp", { reason: "超出能力" });
  expect(up.incident.centre).toBeNull();
  // Nobody is above the city.
  const offered = (held: Held) =>
    legalSteps(held, {
      ...{ now: FRIDAY + HOUR, actor: DISPATCHER, rules },
      ...{ other: null, before: null },
    }).map(({ step }) => step);
  expect(offered(down)).toContain("passUp");
  expect(offered(up)).not.toContain("passUp");
  expect(why(() => take(up, DISPATCHER, "passUp", { reason: "再报" }))).toBe(
    "it is the city's own already",
  );
  // Both keep what they did.
  expect(summed(up, rules).departments).toEqual(["HOTLINE", "DIST-01"]);
});

describe("a centre that passed a matter on", () => {
  const everything = [...EVERYBODY.actions].filter((one) => one !== "visit");
  const EAST = actor(everything, "east", ["DIST-01"]);
  const BY_DISTRICT: Actor = {
    ...{ ...EAST, departments: null, districts: ["990101"] },
  };
  const offered = (held: Held, who: Actor) => [
    ...new Set(
      legalSteps(held, {
        ...{ now: FRIDAY + HOUR, actor: who, rules },
        ...{ other: null, before: null },
      }).map(({ step }) => step),
    ),
  ];
  const DOWN = () =>
    take(report(), DISPATCHER, "passDown", { centre: "DIST-01" });

  it.each([
    ["by department", EAST],
    ["by district", BY_DISTRICT],
  ])("up, %s, only adds notes to it and takes that back", (_, who) => {
    const down = DOWN();
    expect(offered(down, who)).toContain("edit");
    const up = take(down, who, "passUp", { reason: "超出能力" });
    expect(offered(up, who)).toEqual(["note"]);
    expect(why(() => take(up, who, "edit", { title: "改" }))).toBe(
      "2026-0000001 was passed up to the city: who passed it on reads it and may add a note",
    );
    const back = take(up, who, "undo", {}, FRIDAY + HOUR, { before: down });
    expect(back.incident.centre).toBe("DIST-01");
    expect(offered(back, who)).toContain("edit");
  });

  it("to another district, where it had reported it itself, has it no more", () => {
    const own = report();
    own.incident.department = "DIST-01";
    expect(offered(own, EAST)).toContain("passDown");
    const given = take(own, EAST, "passDown", { centre: "DIST-02" });
    expect(offered(given, EAST)).toEqual(["note"]);
    expect(why(() => take(given, EAST, "urge"))).toBe(
      "2026-0000001 was passed down to DIST-02: who passed it on reads it and may add a note",
    );
  });

  it("leaves it to the city, which has every centre's matters", () => {
    const up = take(DOWN(), EAST, "passUp", { reason: "超出能力" });
    for (const held of [DOWN(), up])
      expect(offered(held, LEADER)).toContain("edit");
  });

  it("has it again with an order of its own, and may be sent a visit before", () => {
    const up = walk(DOWN(), [
      [ACCEPTOR, "verify"],
      [EAST, "passUp", { reason: "超出能力" }],
    ]);
    const worker = actor(["visit"], "worker", ["DIST-01"]);
    expect(offered(up, worker)).toContain("verified");
    const ordered = walk(up, [
      [worker, "verified", { result: "true" }],
      [LEADER, "register"],
      [DISPATCHER, "dispatch", { lead: "DIST-01" }],
    ]);
    expect(offered(ordered, EAST)).toContain("sign");
  });
});

it("a supervision is seen until it is answered", () => {
  const said = take(HANDLING(), LEADER, "supervise", {
    level: 2,
    text: "速办",
  });
  expect(summed(said, rules).supervised).toBe(2);
  const answered = take(said, URBAN, "answer", {
    instruction: 1,
    text: "已到场",
  });
  expect(summed(answered, rules).supervised).toBe(0);
});

it("a leader's instruction has its own mark until it is answered, and presses like the highest supervision", () => {
  const boss = actor(["instruct"], "boss");
  const said = take(HANDLING(), boss, "instruct", { text: "速办" });
  expect(summed(said, rules)).toMatchObject({
    ...{ supervised: 3, instructed: true },
  });
  const answered = take(said, URBAN, "answer", {
    ...{ instruction: 1, text: "已到场" },
  });
  expect(summed(answered, rules).instructed).toBe(false);
  const supervised = { level: 3, text: "速办" };
  const pressed = take(HANDLING(), LEADER, "supervise", supervised);
  expect(summed(pressed, rules).instructed).toBe(false);
});

it("who took the newest step brings back what was before it", () => {
  const before = REGISTERED();
  const after = take(before, DISPATCHER, "dispatch", { lead: "URBAN" });
  expect(why(() => take(after, DISPATCHER, "undo"))).toMatch(/newest step/);
  const back = take(after, DISPATCHER, "undo", {}, FRIDAY + HOUR, { before });
  expect(back.incident).toEqual({ ...before.incident, rev: 4 });
  expect(back.dossier).toEqual(before.dossier);
});

/** A body for a step, as good as any. */
function bodyFor(step: StepName, held: Held, chance: number): object {
  const { orders, requests, instructions } = held.dossier;
  const any = <T>(list: readonly T[]) => list[chance % list.length]!;
  const order = orders.length ? any(orders).no : 1;
  const waiting = instructions.find(({ answer }) => answer === null);
  const bodies: Partial<Record<StepName, object>> = {
    edit: { title: `改 ${chance}`, matterClass: any(["A", "B", "C"]) },
    verified: { result: any(["true", "false", "notFound"]) },
    decline: { reason: "notTrue" },
    dispatch: { lead: any(["URBAN", "WATER"]), co: any([[], ["POLICE"]]) },
    recall: { reason: any(["派错"]) },
    addHandler: { department: any(["URBAN", "WATER", "POLICE"]) },
    sign: { order },
    feedBack: { order, note: "好了" },
    askReturn: { order, reason: "不属" },
    askExtension: { order, reason: "要挖", matterClass: any(["B", "C"]) },
    askSuspension: { order, reason: "冬季", reviewAt: FRIDAY + 9e9 },
    agree: { request: requests.length ? any(requests).no : 1 },
    refuse: { request: requests.length ? any(requests).no : 1, note: "不行" },
    check: { result: any(["passed", "failed"]) },
    rework: { reason: "不好" },
    reopen: { reason: "不满意" },
    evaluate: { result: "basically" },
    merge: { into: "2" },
    void: { reason: "误报" },
    passDown: { centre: "DIST-01" },
    passUp: { reason: "难办" },
    supervise: { level: 1, text: "督办" },
    instruct: { text: "批示" },
    answer: { instruction: waiting?.no ?? 1, text: "答复" },
    note: { note: "跟进" },
  };
  return bodies[step] ?? {};
}

it("whatever is tried in whatever order leaves a legal state, or is refused with a sentence", () => {
  const other = { ...report().incident, id: "2" };
  const tried = fc.record({
    step: fc.constantFrom(...STEP_NAMES),
    chance: fc.nat(1000),
    wait: fc.constantFrom(0, MINUTE, 3 * HOUR, 40 * HOUR),
  });
  fc.assert(
    fc.property(fc.array(tried, { maxLength: 80 }), (tries) => {
      let held = report();
      let now = FRIDAY;
      for (const { step, chance, wait } of tries) {
        now += wait;
        const before = structuredClone(held);
        const legal = legalSteps(held, {
          ...{ now, actor: EVERYBODY, rules, other: null, before: null },
        });
        try {
          held = take(held, EVERYBODY, step, bodyFor(step, held, chance), now, {
            other,
          });
        } catch (error) {
          if (!(error instanceof StepRefusal)) throw error;
          expect(error.message.length).toBeGreaterThan(10);
          expect(held).toEqual(before);
          continue;
        }
        // Nothing is taken that the desk would not have offered.
        expect(legal.map((each) => each.step)).toContain(step);
        expect(held.incident.rev).toBe(before.incident.rev + 1);
        isSound(held);
      }
    }),
    { seed: 20261126, numRuns: 400 },
  );
});

/** What holds of every incident, whatever was done with it. */
function isSound({ incident, dossier }: Held): void {
  const { status } = incident;
  const live = dossier.orders.filter((one) => !ORDER_ENDED.has(one.status));
  const leads = live.filter(({ isLead }) => isLead);
  const withDepartments = [
    ...["dispatched", "handling", "suspended", "fedBack", "checking"],
  ].includes(status);
  if (withDepartments) expect(leads).toHaveLength(1);
  if (status === "fedBack" || status === "checking")
    expect(live.every((one) => one.status === "fedBack")).toBe(true);
  if (status === "suspended") expect(leads[0]!.status).toBe("suspended");
  const still = live.some((one) => one.status === "suspended");
  if (still && withDepartments)
    expect(STEPS.resume.from as readonly string[]).toContain(status);
  if (status === "handling") expect(["handling"]).toContain(leads[0]!.status);
  if (ENDED.has(status) && status !== "merged") {
    expect(live).toEqual([]);
    expect(dossier.clocks.every(({ clock }) => clock.stoppedAt)).toBe(true);
    expect(dossier.requests.some(({ state }) => state === "waiting")).toBe(
      false,
    );
  }
  expect(incident.parent === null).toBe(status !== "merged");
  const running = dossier.clocks.filter(({ clock }) => !clock.stoppedAt);
  const keys = running.map(({ stage, order }) => `${stage} ${order}`);
  expect(new Set(keys).size).toBe(keys.length);
}
