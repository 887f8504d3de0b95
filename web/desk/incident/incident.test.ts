/** What the incident pane decides by itself: keys, forms, clocks, and how the history is told. */
import { describe, expect, it } from "vitest";
import {
  ApprovalRequest,
  EMPTY_DOSSIER,
  type Instruction,
  type Visit,
} from "../../../contract/dossier.ts";
import type { Due, HistoryLine, Incident } from "../../../contract/incident.ts";
import { LimitStage, LimitType } from "../../../contract/limit.ts";
import { STEP_NAMES, STEPS, type StepName } from "../../../contract/step.ts";
import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";
import { OrderStatus } from "../../../contract/work-order.ts";
import { metresBetween } from "../../../contract/place.ts";
import { createCalendar } from "../../../contract/work-time.ts";
import { createZone } from "../../../contract/zone.ts";
import { en } from "../../i18n/en.ts";
import { zh } from "../../i18n/zh.ts";
import { timeLeft } from "../light.ts";
import { faceOf } from "./face.ts";
import {
  ALARM_ITSELF,
  ALARM_SAID,
  SENDER_LINES,
  timelineOf,
  toldOf,
} from "./history.ts";
import { likelyOf } from "./steps/draft.ts";
import { bodyOf, fieldsOf, isAtOnce, judged } from "./steps/forms.ts";
import { mainOf, STEP_KEYS } from "./steps/keys.ts";
import { byField, fieldOf } from "./steps/refusal.ts";
import { words } from "./words/index.ts";

const LANGUAGES = [words.zh, words.en];
const keysOf = (messages: object, before = ""): string[] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string"
      ? [before + key]
      : keysOf(value as object, `${before}${key}.`),
  );
const textAt = (messages: object, key: string) =>
  key
    .split(".")
    .reduce<unknown>(
      (at, part) => (at as Record<string, unknown> | undefined)?.[part],
      messages,
    );
const holes = (text: unknown) =>
  String(text)
    .match(/\{\w+\}/g)
    ?.sort() ?? [];

describe("the words of the pane", () => {
  it("are the same in both languages, with the same holes", () => {
    const [zh, en] = [words.zh, words.en];
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
    for (const key of keysOf(zh))
      expect(holes(textAt(en, key)), key).toEqual(holes(textAt(zh, key)));
  });

  it.each(STEP_NAMES)(
    "name %s, say that it was done, and its fields",
    (step) => {
      const choices = fieldsOf(step).flatMap(([, { options = [] }]) => options);
      for (const language of LANGUAGES)
        for (const key of [
          ...[`step.${step}`, `did.${step}`],
          ...fieldsOf(step).map(([name]) => `field.${name}`),
          ...choices.map((code) => `choice.${code}`),
        ])
          expect(textAt(language, key), key).toEqual(expect.any(String));
    },
  );

  it("name every stage, every limit's and every order's state", () => {
    for (const language of LANGUAGES) {
      expect(Object.keys(language.stage).sort()).toEqual(
        [...LimitStage.options].sort(),
      );
      expect(Object.keys(language.orderStatus).sort()).toEqual(
        [...OrderStatus.options].sort(),
      );
      for (const words of [language.sender, language.hand, language.opened])
        expect(Object.keys(words).sort()).toEqual([...SENDER_LINES].sort());
      expect(Object.keys(language.alarm).sort()).toEqual(
        [...ALARM_SAID].sort(),
      );
      expect(Object.keys(language.alarmItself).sort()).toEqual(
        [...ALARM_ITSELF].sort(),
      );
      expect(Object.keys(language.timeline.asked).sort()).toEqual(
        [...ApprovalRequest.shape.kind.options].sort(),
      );
    }
  });
});

describe("a key of the desk", () => {
  it("means one step in every status", () => {
    const shared = STEP_NAMES.flatMap((one, i) =>
      STEP_NAMES.slice(i + 1)
        .filter((other) => STEP_KEYS[other] === STEP_KEYS[one])
        .filter((other) =>
          STEPS[one].from.some((status) =>
            (STEPS[other].from as readonly string[]).includes(status),
          ),
        )
        .map((other) => `${one} and ${other}`),
    );
    expect(shared).toEqual([]);
  });

  it("is not one that moves through the queue, searches or enters a matter", () => {
    const taken = ["j", "k", "x", "n", "w", "g", ".", "/", "?", "1", "2", "3"];
    expect(
      Object.values(STEP_KEYS).filter((key) => taken.includes(key ?? "")),
    ).toEqual([]);
  });
});

describe("the main button", () => {
  /** Being checked; what was found there, where somebody was. */
  const checked = (result: Visit["result"]) => ({
    incident: { status: "checking" } as Incident,
    dossier: {
      ...EMPTY_DOSSIER,
      visits: [{ no: 1, kind: "check", result } as Visit],
    },
  });

  it.each<[StepName[], StepName | null]>([
    [["register", "decline", "merge", "note"], "register"],
    [["agree", "register", "note"], "agree"],
    [["dispatch", "void", "note"], "dispatch"],
    [["sign", "askReturn", "note"], "sign"],
    [["close", "rework", "sendCheck"], "close"],
    [["note", "urge", "void"], null],
    [["check", "rework", "note"], "check"],
  ])("of %j is %s", (possible, main) =>
    expect(mainOf(new Set(possible), checked(null))).toBe(main),
  );

  it.each<["passed" | "failed", StepName[], StepName | null]>([
    ["failed", ["check", "rework", "note"], "rework"],
    ["passed", ["check", "close", "rework"], "close"],
    // To whoever may not rule nothing more is asked for.
    ["failed", ["check", "note"], null],
    ["passed", ["check", "note"], null],
  ])("after a check that %s, of %j, is %s", (found, possible, main) =>
    expect(mainOf(new Set(possible), checked(found))).toBe(main),
  );

  it("asks for a check again where one was sent after a rework", () => {
    const view = checked("failed");
    const [first] = view.dossier.visits;
    view.dossier.visits = [first!, { ...first!, no: 2, result: null }];
    expect(mainOf(new Set(["check", "rework"]), view)).toBe("check");
  });
});

describe("a step's form", () => {
  it("is left out where nothing need be said", () => {
    const atOnce = STEP_NAMES.filter(isAtOnce);
    expect(atOnce).toEqual(
      expect.arrayContaining(["register", "sign", "agree", "close"]),
    );
    for (const step of atOnce)
      expect(judged(step, { order: 1, request: 1 }), step).toEqual([]);
  });

  it("names what is missing at its field", () => {
    expect(judged("dispatch", {}).map(({ field }) => field)).toEqual(["lead"]);
    expect(
      judged("feedBack", { order: 1, note: "" }).map(({ field }) => field),
    ).toEqual(["note"]);
  });

  it("sends of an edit only what was changed, be it cleared", () => {
    const before = { title: "井盖缺失", description: "旧", category: "0406" };
    expect(
      bodyOf({ ...before, description: "", category: null }, before),
    ).toEqual({ description: "", category: null });
  });

  it("of a merge begins with the likeliest, of an answer with the oldest that waits", () => {
    const waiting = { answer: null } as Instruction;
    const done = { answer: { by: "", at: 0, text: "" } } as Instruction;
    const instructions = [
      { ...done, no: 1 },
      { ...waiting, no: 2 },
      { ...waiting, no: 3 },
    ];
    const view = { dossier: { ...EMPTY_DOSSIER, instructions } };
    expect(likelyOf("merge", view, [{ id: "a" }, { id: "b" }])).toEqual({
      into: "a",
    });
    expect(likelyOf("answer", view, [])).toEqual({ instruction: 2 });
    expect(likelyOf("close", view, [{ id: "a" }])).toEqual({});
  });

  it("leaves out what was left empty", () =>
    expect(bodyOf({ lead: "ECO", co: [], note: "" })).toEqual({ lead: "ECO" }));
});

describe("a refusal of the hub", () => {
  it.each([
    ["/body/lead", "lead"],
    ["/body/co/1", "co"],
    ["/body/asked/body/reason", "reason"],
    ["/body/lng", "lng"],
    ["/rev", ""],
    ["", ""],
  ])("at %s is about the field '%s'", (path, field) =>
    expect(fieldOf(path)).toBe(field),
  );

  it("of a field that is not shown is about the whole form", () => {
    const errors = [{ path: "/body/order", message: "order 1 is of ECO" }];
    const problem = { type: "", title: "", status: 422, errors };
    expect([...byField(problem, new Set(["note"])).keys()]).toEqual([""]);
  });
});

describe("a clock", () => {
  const at = Date.parse("2026-11-20T09:00:00+08:00");
  const city = createCalendar({
    ...{ zone: createZone("Asia/Shanghai"), days: [] },
    hours: [{ from: "09:00", to: "17:00" }],
  });
  const due = (
    dueIn: number | null,
    yellowIn: number | null,
    pausedIn: number | null = null,
    type: LimitType = "urgentHour",
  ): Due => ({
    ...{ stage: "handle", limit: { amount: 40, type }, startedAt: at - DAY },
    dueAt: dueIn === null ? null : at + dueIn,
    firstDueAt: dueIn === null ? null : at + dueIn,
    yellowAt: yellowIn === null ? null : at + yellowIn,
    pausedAt: pausedIn === null ? null : at + pausedIn,
  });

  it.each([
    [due(HOUR, 30 * MINUTE), "green", { key: "countdown", text: "01:00:00" }],
    [due(5 * MINUTE, 0), "yellow", { key: "countdown", text: "00:05:00" }],
    [due(0, -HOUR), "yellow", { key: "countdown", text: "00:00:00" }],
    [due(-4.5 * MINUTE, -HOUR), "red", { key: "late", by: 4.5 * MINUTE }],
    [due(-3 * DAY, -4 * DAY), "red", { key: "late", by: 3 * DAY }],
    [due(2.5 * DAY, DAY), "green", { key: "days", n: 2.5 }],
    [due(null, null, 0), "grey", { key: "paused" }],
  ])("with %j left is %s", (clock, light, left) =>
    expect(faceOf(clock, at, city)).toEqual({ light, left }),
  );

  it("that was over before it was paused stays as much over", () =>
    expect(faceOf(due(-2 * HOUR, -3 * HOUR, -HOUR), at, city)).toEqual({
      light: "red",
      left: { key: "late", by: HOUR },
    }));

  it.each(LimitType.options)(
    "of %s has as much left here as in the queue",
    (type) => {
      // Over a week-end: three days by the clock on the wall.
      const clock = due(3 * DAY, 2 * DAY, null, type);
      const { left } = faceOf(clock, at, city);
      expect(left).toEqual(timeLeft(clock, at, city));
      for (const { left: words } of [zh, en])
        expect(words).toHaveProperty(left.key);
    },
  );
});

describe("a line of the history", () => {
  const line = (
    what: string,
    more: Partial<HistoryLine> = {},
  ): HistoryLine => ({
    ...{ rev: 1, at: 0, who: "lin.wei", name: "林薇", what },
    ...{ from: null, to: null, detail: "", facts: {} },
    ...more,
  });

  it.each([...STEP_NAMES])("of %s has words in both languages", (step) => {
    const { key } = toldOf(line(step));
    for (const language of LANGUAGES)
      expect(textAt(language, key!), step).toEqual(expect.any(String));
  });

  it("tells what was given with a step, and of which order", () => {
    const facts = { order: 2, reason: "非本单位", suggested: null };
    expect(toldOf(line("askReturn", { facts }))).toMatchObject({
      ...{ isStep: true, order: 2 },
      fields: [{ name: "reason", kind: "text", value: "非本单位" }],
    });
  });

  it("of the clock tells what was urged, and is no step of anybody's", () => {
    const urgings = [{ stage: "sign", order: 1, mark: 80 }];
    const told = toldOf(
      line("urge", { who: "clock", name: "", facts: { urgings } }),
    );
    expect(told).toMatchObject({ key: "clock.urge", isStep: false, urgings });
  });

  it("of a sender tells what it changed, be there a semicolon in it", () => {
    const detail =
      "title: 井盖缺失; 已伤一人; lng: 120.05; reporter_phone; category: null";
    expect(
      toldOf(line("updated", { who: "feed:hotline", detail })).changed,
    ).toEqual([
      { name: "title", value: "井盖缺失; 已伤一人" },
      { name: "lng", value: "120.05" },
      { name: "reporter_phone", value: "" },
      { name: "category", value: "" },
    ]);
  });

  it.each([
    ["reported", "feed:desk", "hand.reported", true],
    ["reported", "feed:(alarm)", "opened.reported", true],
    ["alarmRose", "alarm", "alarmItself.alarmRose", true],
    ["alarmShelved", "lin.wei", "alarm.alarmShelved", false],
    ["reported", "feed:hotline", "sender.reported", false],
    ["register", "lin.wei", "did.register", false],
  ])("%s by %s names its doer only where there is one", (...told) => {
    const [what, who, key, isWhole] = told;
    expect(toldOf(line(what, { who }))).toMatchObject({ key, isWhole });
  });

  it("of a newer hub stands as it came", () =>
    expect(toldOf(line("teleport")).key).toBeNull());

  it("stands above the older ones; of steps alone without clocks and senders", () => {
    const history = [
      line("reported", { rev: 1, who: "feed:hotline" }),
      line("register", { rev: 2 }),
      line("urge", { rev: 3, who: "clock" }),
    ];
    const revs = (only: "all" | "steps") =>
      timelineOf(history, only).map((told) => told.line.rev);
    expect(revs("all")).toEqual([3, 2, 1]);
    expect(revs("steps")).toEqual([2]);
  });
});

describe("the distance of two places", () => {
  it("is in metres, along a meridian 111.2 m for a thousandth of a degree", () =>
    expect(
      metresBetween({ lng: 120, lat: 30 }, { lng: 120, lat: 30.001 }),
    ).toBeCloseTo(111.2, 0));
  it("is unknown where one has no place", () =>
    expect(
      metresBetween({ lng: 120, lat: 30 }, { lng: null, lat: null }),
    ).toBeNull());
});
