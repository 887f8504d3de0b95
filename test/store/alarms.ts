/** What the store keeps of alarms. */
import { describe, expect, it } from "vitest";
import type { Store } from "../../server/store/store.ts";
import { RETENTION } from "../../server/flow/retention.ts";
import { at, HOSTILE } from "./city.ts";

export const alarm = {
  ...{ id: "util.gas@999001", indicator: "util.gas", scope: "999001" },
  ...{ level: "red" as const, since: at("2026-11-20 08:00"), value: 2.5 },
  ...{ incident: null, acknowledged: null, shelvedUntil: null },
};
const shelf = { until: at("2026-11-20 09:00"), by: "lin", reason: HOSTILE };

export function alarmsOf(store: () => Store): void {
  describe("alarms", () => {
    it("are told back as they stand, until nothing of one is left", async () => {
      const { id } = alarm;
      await store().alarms.put({ id, alarm, shelf: null });
      await store().alarms.put({ id, alarm, shelf });
      expect(await store().alarms.all()).toEqual([{ id, alarm, shelf }]);
      await store().alarms.put({ id, alarm: null, shelf });
      expect(await store().alarms.all()).toMatchObject([{ id, alarm: null }]);
      await store().alarms.put({ id, alarm: null, shelf: null });
      expect(await store().alarms.all()).toEqual([]);
    });

    it("are told when they are over, the newest first and each spell once, until their time", async () => {
      const none = { id: alarm.id, alarm: null, shelf: null };
      const over = (since: number, overAt: number) =>
        store().alarms.put(none, { ...alarm, since, overAt });
      const past = async (from: number) => {
        const found = [];
        for await (const batch of store().alarms.past(from))
          found.push(...batch.map(({ overAt }) => overAt));
        return found;
      };
      await over(1, 10);
      await over(2, 20);
      await over(2, 21);
      expect(await past(0)).toEqual([20, 10]);
      expect(await past(11)).toEqual([20]);
      await store().prune(RETENTION.alarms + 15, RETENTION);
      expect(await past(0)).toEqual([20]);
    });
  });
}
