import { describe, expect, it } from "vitest";
import type { Alarm } from "../../../contract/alarm.ts";
import { HOUR, MINUTE } from "../../../contract/time.ts";
import {
  isSilent,
  levelAlarm,
  mayFallSilent,
  priorityAt,
  silenceAlarm,
  type Row,
  type Seen,
} from "./judge.ts";
import { titleOf } from "./matter.ts";

const NOW = Date.UTC(2026, 10, 20);
const row: Row = {
  id: "util.gas",
  scopes: ["city", "district", "object"],
  source: { from: "reported" },
  thresholds: { blue: 0.25, yellow: 0.5, orange: 1, red: 2.5 },
  opensIncident: {
    ...{ level: "yellow", priority: 2 },
    ...{ category: "gas", department: "HOUS" },
  },
  staleAfter: 3 * MINUTE,
};
const seen = (more: Partial<Seen> = {}): Seen => ({
  ...{ id: "util.gas@gas/G-1", indicator: "util.gas", scope: "gas/G-1" },
  ...{ state: "yellow", value: 0.6, freshness: "live" },
  ...{ at: NOW, receivedAt: NOW },
  ...more,
});
const stands = (more: Partial<Alarm> = {}): Alarm => ({
  ...levelAlarm(null, seen(), row, NOW - HOUR)!,
  ...more,
});

describe("an indicator", () => {
  it("alarms from its row's level on, and only where it looks the closest", () => {
    expect(levelAlarm(null, seen(), row, NOW)).toMatchObject({
      ...{ level: "yellow", since: NOW, value: 0.6, incident: null },
    });
    for (const quiet of [
      { state: "blue" },
      { state: "normal" },
      { state: "stale" },
      { scope: "city" },
      { scope: "990102" },
    ] as const)
      expect(levelAlarm(null, seen(quiet), row, NOW)).toBeNull();
  });

  it("keeps its alarm through silence and through a baseline that is not known yet", () => {
    const before = stands({ incident: "i-1" });
    for (const state of ["stale", "none"] as const)
      expect(levelAlarm(before, seen({ state }), row, NOW)).toBe(before);
    expect(levelAlarm(before, seen({ state: "normal" }), row, NOW)).toBeNull();
  });

  it("asks again for somebody's eyes when it gets worse, not when it gets better", () => {
    const acknowledged = { by: "林", at: NOW, comment: "" };
    const orange = stands({ level: "orange", acknowledged });
    const worse = levelAlarm(orange, seen({ state: "red" }), row, NOW);
    const better = levelAlarm(orange, seen({ state: "yellow" }), row, NOW);
    expect(worse).toMatchObject({ level: "red", acknowledged: null });
    expect(better).toMatchObject({ level: "yellow", acknowledged });
    expect(worse!.since).toBe(orange.since);
  });

  it("alarms no more once its row opens nothing", () => {
    const unset = { ...row, opensIncident: null };
    expect(levelAlarm(stands(), seen(), unset, NOW)).toBeNull();
    const unlimited = { ...row, thresholds: {} };
    expect(levelAlarm(stands(), seen(), unlimited, NOW)).toBeNull();
  });

  it("counts one priority more for each level above its own, and never above 1", () => {
    const at = (level: "yellow" | "orange" | "red") =>
      priorityAt(level, row.opensIncident!);
    expect([at("yellow"), at("orange"), at("red")]).toEqual([2, 1, 1]);
  });
});

describe("silence", () => {
  const lost = seen({ scope: "city", state: "stale", freshness: "lost" });
  const silence = (receivedAt: number, listening: number) =>
    silenceAlarm(null, { ...lost, receivedAt }, row, { now: NOW, listening });

  it("is an alarm after three periods without anything received, of which the hub listened to all", () => {
    const [long, short] = [NOW - HOUR, NOW - MINUTE];
    expect(silence(long, long)).toMatchObject({
      ...{ id: "util.gas@gas/G-1#silent", level: null, since: NOW },
    });
    expect(silence(short, long)).toBeNull();
    expect(silence(long, short)).toBeNull();
  });

  it("is that of a row as a whole, of what departments send, and of what was ever heard", () => {
    expect(mayFallSilent(lost, row)).toBe(true);
    expect(mayFallSilent(seen(), row)).toBe(false);
    const reckoned = { from: "formula", formula: "1" } as const;
    expect(mayFallSilent(lost, { ...row, source: reckoned })).toBe(false);
    expect(isSilent(lost)).toBe(true);
    expect(isSilent({ ...lost, at: null })).toBe(false);
  });
});

describe("the incident of an alarm", () => {
  const words = {
    ...{ id: "util.gas", nameZh: "甲烷浓度", unit: "%VOL", owner: "HOUS" },
    ...{ opensIncident: row.opensIncident, staleAfter: row.staleAfter },
  };
  it("is called by what rose or fell, how far, and past what", () => {
    const { thresholds } = row;
    const title = (level: Alarm["level"], direction: "L" | "H") =>
      titleOf(stands({ level }), { ...words, thresholds, direction });
    expect(title("yellow", "L")).toBe("甲烷浓度 0.6 %VOL，达到黄色阈值 0.5");
    expect(title("red", "H")).toBe("甲烷浓度 0.6 %VOL，不高于红色阈值 2.5");
    const homes = { ...words, unit: "household", direction: "L" } as const;
    expect(titleOf(stands(), { ...homes, thresholds })).toBe(
      "甲烷浓度 0.6 户，达到黄色阈值 0.5",
    );
    expect(title(null, "L")).toBe("甲烷浓度无数据：超过 3 分钟未更新");
    expect(
      titleOf(stands(), {
        ...{ ...words, direction: "L" },
        thresholds: { yellow: { deviation: 20 } },
      }),
    ).toBe("甲烷浓度 0.6 %VOL，达到黄色阈值（较四周同期 +20%）");
  });
});
