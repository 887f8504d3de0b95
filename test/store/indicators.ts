/** What the store keeps of indicators. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import type { Store } from "../../server/store/store.ts";
import { at, indicator } from "./city.ts";

export function indicatorsOf(store: () => Store): void {
  describe("indicators", () => {
    it("never lets an import overwrite an officer's edit, and keeps the old version", async () => {
      await store().indicators.import([
        indicator("eco.aqi"),
        indicator("eco.noise"),
      ]);
      const edited = await store().indicators.edit(
        indicator("eco.aqi", { target: 80 }),
        1,
        "chief",
        at("2026-11-20 09:00"),
      );
      expect(edited).toMatchObject({ target: 80, rev: 2 });
      await store().indicators.import([
        indicator("eco.aqi", { target: 50 }),
        indicator("eco.noise", { target: 55 }),
      ]);
      expect(await store().indicators.all()).toEqual([
        indicator("eco.aqi", { target: 80, rev: 2 }),
        indicator("eco.noise", { target: 55, rev: 2 }),
      ]);
    });

    it("lets one of two officers win who edit the same version", async () => {
      await store().indicators.import([indicator("eco.river")]);
      const edits = await Promise.all(
        [10, 20].map((target) =>
          store().indicators.edit(
            indicator("eco.river", { target }),
            1,
            "officer",
            0,
          ),
        ),
      );
      expect(edits.filter((edit) => edit === null)).toHaveLength(1);
      expect(
        await store().indicators.edit(indicator("eco.none"), 1, "officer", 0),
      ).toBeNull();
    });

    it("tells a department's repeat from its correction", async () => {
      const told = (value: number, when = "2026-11-20 08:00") => ({
        indicator: "eco.aqi",
        scope: "city",
        at: at(when),
        value,
        feed: "eco",
        receivedAt: at("2026-11-20 08:05"),
      });
      const outcomes = await store().indicators.report([
        told(91),
        told(91),
        told(93),
        told(88, "2026-11-20 07:00"),
      ]);
      expect(outcomes.map((each) => each.outcome)).toEqual([
        "new",
        "duplicate",
        "correction",
        "new",
      ]);
      const again = await store().indicators.report([told(93), told(91)]);
      expect(again.map((each) => each.outcome)).toEqual([
        "duplicate",
        "correction",
      ]);
      expect(await store().indicators.reported()).toEqual([
        {
          indicator: "eco.aqi",
          scope: "city",
          at: at("2026-11-20 08:00"),
          value: 91,
          receivedAt: at("2026-11-20 08:05"),
        },
      ]);
    });

    it("gives of each stretch of a history the last point", async () => {
      const begin = at("2026-11-20 00:00");
      await store().indicators.publish(
        Array.from({ length: 24 * 60 }, (_, i) => ({
          indicator: "water.level",
          scope: "990101",
          at: begin + i * MINUTE,
          value: i % 60 === 59 ? null : i,
          state: "normal" as const,
        })),
      );
      await store().indicators.publish([
        {
          indicator: "water.level",
          scope: "990101",
          at: begin,
          value: -1,
          state: "red",
        },
      ]);
      const day = await store().indicators.history(
        "water.level",
        "990101",
        begin,
        begin + DAY,
        24,
      );
      expect(day.map((point) => point.at)).toEqual(
        Array.from(
          { length: 24 },
          (_, hour) => begin + (hour + 1) * HOUR - MINUTE,
        ),
      );
      expect(day[0]!.value).toBeNull();
      const [first] = await store().indicators.history(
        "water.level",
        "990101",
        begin,
        begin + MINUTE,
        500,
      );
      expect(first).toMatchObject({ value: -1, state: "red" });
    });

    it("means the same weekday and hour of four weeks, through a change of clocks", async () => {
      // London put its clocks back on 25 October 2026.
      const weekly = [
        ["2026-11-13T09:20:00Z", 10],
        ["2026-11-06T09:20:00Z", 20],
        ["2026-10-30T09:20:00Z", 30],
        ["2026-10-23T08:20:00Z", 40],
      ] as const;
      const point = (when: string, value: number) => ({
        indicator: "traffic.flow",
        scope: "city",
        at: Date.parse(when),
        value,
        state: "normal" as const,
      });
      await store().indicators.publish(
        weekly.slice(0, 3).map(([when, value]) => point(when, value)),
      );
      const ask = () =>
        store().indicators.weekdayMean(
          "traffic.flow",
          "city",
          Date.parse("2026-11-20T09:45:00Z"),
          "Europe/London",
        );
      expect(await ask()).toBeNull();
      await store().indicators.publish([point(...weekly[3])]);
      expect(await ask()).toBe(25);
    });
  });
}
