/**
 * Indicators: evaluated at once when the hub is idle and a few times a second
 * when it is busy; values published, asked back and shown.
 */
import type { Feed } from "../../contract/feed.ts";
import type {
  Indicator,
  IndicatorValue,
  IndicatorView,
} from "../../contract/indicator.ts";
import type { Level } from "../../contract/level.ts";
import { HOUR } from "../../contract/time.ts";
import type { Outcome } from "../feeds/sink.ts";
import { contradictions } from "../hub/indicators/catalogue.ts";
import { createEngine, type Engine } from "../hub/indicators/engine.ts";
import type { Findings, Point } from "../hub/indicators/findings.ts";
import type { Question } from "../hub/indicators/questions.ts";
import type { Sensors } from "../hub/sensors.ts";
import type { Clock } from "../lib/clock.ts";
import { later } from "../lib/later.ts";
import type { Log } from "../lib/log.ts";
import type { Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import type { Held } from "./held.ts";
import {
  fillIndicators,
  seesIndicators,
  type SeesIndicators,
} from "./indicator-rooms.ts";
import { yearAgo } from "./year-ago.ts";
import { tooFarAhead } from "./future.ts";

/** Evaluating takes at most this share of the thread: at once when idle, rarer when dear. */
const SHARE = 0.1;
const RAREST = 250;
/** Ms between two writes of published values. */
const WRITE_EVERY = 250;
const WRITTEN_AT_ONCE = 5000;
/** Nothing of the past is asked for while so many published values wait to be written. */
const WAITING = 4 * WRITTEN_AT_ONCE;
/** A value of the day before must have been published this close to the moment. */
const DAY_AGO_WITHIN = 2 * HOUR;
const DAY_AGO_POINTS = 500;

export interface IndicatorFlow {
  take(
    feed: Feed,
    items: { index: number; item: IndicatorValue }[],
  ): Promise<Outcome>;
  /** A new engine over these sensors, with the stored catalogue. */
  create(sensors: Sensors, districts: string[]): Promise<Engine>;
  /** Takes in what was reported, after a load. */
  load(): Promise<void>;
  /** Readings were applied: evaluate soon. */
  applied(): void;
  /** What time changes: freshness, windows, measures; called every second. */
  tick(): void;
  /** Sensors (`system/sensor`) are in other districts than before, and so are the values of each alone. */
  moved(sensors: Iterable<string>): void;
  sees: SeesIndicators;
  /** How many of the whole city's are at a level now. */
  at(level: Level): number;
  catalogue(): Indicator[];
  row(id: string): Indicator | undefined;
  edited(indicator: Indicator): void;
  close(): Promise<void>;
}

export function createIndicatorFlow(ask: {
  store: Store;
  topics: Topics;
  clock: Clock;
  timeZone: string;
  held: () => Held;
  log: Log;
  measures: () => Record<string, number | null>;
  /** False just after a start, while nobody's silence means anything. */
  awake: () => boolean;
  /** What indicators show now, as it changes. */
  shown: (views: readonly IndicatorView[]) => void;
}): IndicatorFlow {
  const { store, topics, clock, held, log } = ask;
  const views = new Map<string, IndicatorView>();
  const points: Point[] = [];
  let writing: Promise<void> | null = null;
  /** Calls off the evaluation that is due; null = none is. */
  let callOff: (() => void) | null = null;
  /** On the monotonic clock. */
  let nextEvaluation = -Infinity;
  /** By id. */
  let rows = new Map<string, Indicator>();
  const sees = seesIndicators(held, (id) => rows.get(id)?.owner);
  fillIndicators(topics, views, sees);

  function show(found: Findings): void {
    for (const view of found.views) {
      views.set(view.id, view);
      topics.touch("indicators", view.id);
    }
    ask.shown(found.views);
    for (const point of found.points) points.push(point);
    for (const change of found.changes)
      log.debug({ change }, "an indicator's level changed");
    if (points.length > 0) write();
    // What is left of the past has its turn later, so that nothing else waits for it.
    if (held().engine.busy) evaluateSoon();
  }

  /** One write at a time; what is found meanwhile goes with the next. */
  function write(): void {
    writing ??= store.indicators
      .publish(points.splice(0, WRITTEN_AT_ONCE))
      .catch((error: unknown) =>
        log.error({ err: error }, "indicator values could not be written"),
      )
      .finally(() => {
        writing = null;
        if (points.length > 0) setTimeout(write, WRITE_EVERY);
      });
  }

  function evaluateSoon(): void {
    if (callOff !== null) return;
    const wait = nextEvaluation - performance.now();
    callOff = later(wait, () => {
      callOff = null;
      const began = performance.now();
      show(held().engine.evaluateDirty(clock.now()));
      const ended = performance.now();
      nextEvaluation = ended + Math.min(RAREST, (ended - began) / SHARE);
    });
  }

  /** What the engine cannot know by itself: rows of the past, baselines, the day before. */
  function answerQuestions(now: number): void {
    const { engine } = held();
    const requests =
      points.length < WAITING ? engine.pendingRecomputes(now) : [];
    for (const request of requests)
      store.readings.range(request.series(), request.from, request.to).then(
        (rows) => {
          engine.recomputed(request, rows);
          evaluateSoon();
        },
        () => engine.recomputeFailed(request),
      );
    for (const question of engine.pendingQuestions(now))
      past(question).then(
        (value) => engine.answer(question, value),
        () => engine.answer(question, null),
      );
  }

  async function past(question: Question): Promise<number | null> {
    const { what, indicator, scope, at } = question;
    if (what === "weekdayMean")
      return store.indicators.weekdayMean(indicator, scope, at, ask.timeZone);
    if (what === "dayAgo") {
      const points = await store.indicators.history(
        indicator,
        scope,
        at - DAY_AGO_WITHIN,
        at + 1,
        DAY_AGO_POINTS,
      );
      return points.findLast(({ value }) => value !== null)?.value ?? null;
    }
    const source = held().engine.indicators.find(
      ({ id }) => id === indicator,
    )?.source;
    const where = source?.from === "sensors" ? source.where : null;
    return yearAgo(question, where, { readings: store.readings, clock });
  }

  return {
    async take(feed, items) {
      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      const now = clock.now();
      const { engine } = held();
      const good: typeof items = [];
      for (const one of items) {
        const refused =
          tooFarAhead(feed, one.item.at, now, "/at") ??
          engine.refusal(one.item, feed.department, now);
        if (refused) outcome.rejections.push({ index: one.index, ...refused });
        else good.push(one);
      }
      if (good.length === 0) return outcome;
      const told = await store.indicators.report(
        good.map(({ item }) => ({ ...item, feed: feed.id, receivedAt: now })),
      );
      for (const { index, outcome: what } of told) {
        if (what === "duplicate") outcome.duplicates++;
        else {
          outcome.accepted++;
          engine.report(good[index]!.item, now, feed.clock);
        }
      }
      evaluateSoon();
      return outcome;
    },

    async create(sensors, districts) {
      const engine = createEngine({
        sensors,
        timeZone: ask.timeZone,
        districts,
      });
      engine.setCatalogue(sound(await store.indicators.all(), log));
      return engine;
    },

    async load() {
      const { engine } = held();
      for (const { receivedAt, ...value } of await store.indicators.reported())
        engine.report(value, receivedAt);
      views.clear();
      rows = new Map(engine.indicators.map((row) => [row.id, row]));
      show(engine.evaluate(clock.now()));
    },

    applied: evaluateSoon,

    tick() {
      const now = clock.now();
      const { engine, degraded } = held();
      engine.measure(ask.measures(), now, ask.awake());
      show(engine.evaluate(now));
      if (degraded === null) answerQuestions(now);
    },

    moved(sensors) {
      const { indicators } = held().engine;
      const ofObjects = indicators.filter((one) =>
        one.scopes.includes("object"),
      );
      for (const sensor of sensors)
        for (const { id } of ofObjects)
          topics.touch("indicators", `${id}@${sensor}`, true);
    },

    sees,

    at: (level) =>
      [...views.values()].filter(
        ({ scope, state }) => scope === "city" && state === level,
      ).length,

    catalogue: () => held().engine.indicators,
    row: (id) => rows.get(id),

    edited(indicator) {
      const { engine } = held();
      engine.setCatalogue(
        engine.indicators.map((before) =>
          before.id === indicator.id ? indicator : before,
        ),
      );
      rows.set(indicator.id, indicator);
      // What stands at an alarm is judged by the new row, though no value changed.
      ask.shown(
        [...views.values()].filter((view) => view.indicator === indicator.id),
      );
      evaluateSoon();
    },

    async close() {
      callOff?.();
      await writing;
      if (points.length > 0) await store.indicators.publish(points.splice(0));
    },
  };
}

/** One bad row must not keep a city from starting: it is shown without levels, or left out. */
function sound(catalogue: readonly Indicator[], log: Log): Indicator[] {
  return catalogue.flatMap((row) => {
    const [wrong] = contradictions(row);
    if (!wrong) return row;
    log.error({ indicator: row.id, path: wrong[0] }, wrong[1]);
    const unjudged = { ...row, thresholds: {}, hysteresis: null };
    return contradictions(unjudged).length === 0 ? unjudged : [];
  });
}
