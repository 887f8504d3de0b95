/** What the store keeps of filters of the queue, over one engine. */
import { expect, it } from "vitest";
import { QueueFilter } from "../../contract/filter.ts";
import type { FilterRow, Store } from "../../server/store/store.ts";

export const filter = (
  id: string,
  name: string,
  more: Partial<FilterRow> = {},
): FilterRow => ({
  ...{ id, name, account: "li", by: "李", shared: false, savedAt: 1 },
  filter: QueueFilter.parse({ text: "积水", chosen: { need: ["mine"] } }),
  ...more,
});

export function filtersOf(store: () => Store): void {
  it("tells somebody their own filters and those for everybody, and no other's", async () => {
    const { filters } = store();
    const own = filter("f1", "内涝");
    const others = filter("f2", "内涝", { account: "wang" });
    const shared = filter("f3", "全市内涝", { account: "wang", shared: true });
    for (const row of [own, others, shared])
      expect(await filters.put(row)).toEqual(row);
    expect(await filters.of("li")).toEqual([shared, own].sort(byName));
    expect(await filters.of("zhao")).toEqual([shared]);
    expect(await filters.get("f2")).toEqual(others);
    await filters.drop("f3");
    expect(await filters.get("f3")).toBeNull();
    expect(await filters.of("wang")).toEqual([others]);
  });

  it("replaces a filter of the same name, an own one apart from one for everybody", async () => {
    const { filters } = store();
    const first = filter("g1", "同名", { account: "sun" });
    const shared = filter("g2", "同名", { account: "sun", shared: true });
    await filters.put(first);
    await filters.put(shared);
    const later = filter("g3", "同名", {
      account: "sun",
      savedAt: 9,
      filter: QueueFilter.parse({ order: "newest" }),
    });
    expect(await filters.put(later)).toEqual({ ...later, id: "g1" });
    const own = (await filters.of("sun")).filter((row) => !row.shared);
    expect(own).toEqual([{ ...later, id: "g1" }]);
    expect(await filters.get("g2")).toEqual(shared);
  });
}

const byName = (a: FilterRow, b: FilterRow) => (a.name < b.name ? -1 : 1);
