/** What the store keeps of alarms. */
import { describe, expect, it } from "vitest";
import type { Store } from "../../server/store/store.ts";
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
  });
}
