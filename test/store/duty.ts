/** What the store keeps of the duty, over one engine. */
import { expect, it } from "vitest";
import type {
  DutyEntry,
  HandOver,
  RosterRow,
  ShiftSummary,
} from "../../contract/duty.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Store } from "../../server/store/store.ts";
import { at, incident } from "./city.ts";

export const rosterRow = (date: string, name: string): RosterRow => ({
  ...{ date, shift: "early", role: "shiftLeader", login: "lin" },
  ...{ name, phone: "15400000000" },
});
const EARLY = { date: "2026-11-27", shift: "early" };

export const dutyEntry = (
  id: string,
  more: Partial<DutyEntry> = {},
): Omit<DutyEntry, "correctedBy"> => ({
  ...{ id, at: at("2026-11-27 08:00"), by: "lin", byName: "林" },
  ...{ of: EARLY, kind: "call", text: "泵站来电", place: "" },
  ...{ incident: null, corrects: null, ...more },
});

export const handOver = (
  id: string,
  more: Partial<HandOver> = {},
): HandOver => ({
  ...{ ...EARLY, id, next: { ...EARLY, shift: "middle" } },
  ...{ by: "lin", byName: "林", at: at("2026-11-27 15:20") },
  ...{ to: null, comment: "", summary: { open: 3 } as ShiftSummary },
  ...{ receivedAt: null, receivedBy: null, receivedByName: null },
  ...{ remarks: "", ...more },
});

const RECEIPT = {
  ...{ receivedBy: "gu", receivedByName: "顾", remarks: "已核对" },
};

export function dutyOf(store: () => Store): void {
  const city = () => store().duty.of(null);
  const names = async () =>
    (await city().roster("2026-11-01", "2026-11-30")).rows.map(
      ({ name }) => name,
    );

  it("never lets a pack overwrite the days of a roster that somebody edited", async () => {
    const duty = city();
    await duty.importRoster([
      rosterRow("2026-11-27", "甲"),
      rosterRow("2026-11-28", "乙"),
    ]);
    const { rev } = await duty.roster("2026-11-27", "2026-11-27");
    const change = { rev, who: "wang", at: 1 };
    expect(await duty.putRoster([rosterRow("2026-11-28", "丙")], change)).toBe(
      rev + 1,
    );
    await duty.importRoster([
      rosterRow("2026-11-27", "丁"),
      rosterRow("2026-11-28", "乙"),
    ]);
    expect(await names()).toEqual(["丁", "丙"]);
  });

  it("takes one of two changes of one revision of the roster", async () => {
    const duty = city();
    const { rev } = await duty.roster("2026-11-27", "2026-11-27");
    const put = (name: string) =>
      duty.putRoster([rosterRow("2026-11-29", name)], {
        rev,
        who: name,
        at: 2,
      });
    const kept = await Promise.all([put("戊"), put("己")]);
    expect(kept.filter((one) => one !== null)).toEqual([rev + 1]);
    expect(await names()).toContain(kept[0] === null ? "己" : "戊");
    expect(await put("庚")).toBeNull();
  });

  it("keeps every entry of the log, and tells beside it which one corrects it", async () => {
    const duty = city();
    await duty.add(
      dutyEntry("e1", { incident: { id: "i1", number: "2026-1" } }),
    );
    await duty.add(dutyEntry("e2", { corrects: "e1", text: "排水泵站来电" }));
    await duty.add(dutyEntry("e3", { of: null, kind: "note" }));
    expect(await duty.entry("e1")).toEqual({
      ...dutyEntry("e1", { incident: { id: "i1", number: "2026-1" } }),
      correctedBy: "e2",
    });
    const first = await duty.log({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(["e3", "e2"]);
    const rest = await duty.log({ limit: 2, cursor: first.cursor! });
    expect(rest.items.map(({ id, text }) => [id, text])).toEqual([
      ["e1", "泵站来电"],
    ]);
    expect(rest.cursor).toBeNull();
    const ofShift = await duty.log({ ...EARLY, limit: 9 });
    expect(ofShift.items.map(({ id }) => id)).toEqual(["e2", "e1"]);
    expect(await duty.entries(EARLY)).toEqual({ call: 2 });
  });

  it("lets who handed over say it better until it is received, and nobody else", async () => {
    const duty = city();
    expect(await duty.handOver(handOver("h1"))).toBe(true);
    expect(await duty.handOver(handOver("h2", { by: "gu" }))).toBe(false);
    const better = handOver("h3", { comment: "泵站待复电", to: "gu" });
    expect(await duty.handOver(better)).toBe(true);
    expect(await duty.handOverOf(EARLY)).toEqual(better);
    expect(await duty.getHandOver("h1")).toBeNull();
    const receipt = (who: string) => ({
      ...{ receivedBy: who, receivedByName: who, remarks: "已核对" },
    });
    const both = await Promise.all(
      ["gu", "shen"].map((who) => duty.receive("h3", 5, receipt(who))),
    );
    expect(both.sort()).toEqual([false, true]);
    expect(await duty.handOver(handOver("h4"))).toBe(false);
    const { items } = await duty.handOvers({ limit: 5 });
    expect(items).toMatchObject([{ id: "h3", receivedAt: 5 }]);
  });

  it("keeps of each centre its own roster, log and hand-overs", async () => {
    const east = store().duty.of("EAST");
    const before = await city().roster("2026-11-01", "2026-11-30");
    await east.importRoster([rosterRow("2026-11-27", "辛")]);
    const change = { rev: 0, who: "xin", at: 3 };
    expect(await east.putRoster([rosterRow("2026-11-28", "壬")], change)).toBe(
      1,
    );
    await east.add(dutyEntry("east-1", { text: "东区来电" }));
    expect(await east.handOver(handOver("east-h1"))).toBe(true);
    const { rows } = await east.roster("2026-11-01", "2026-11-30");
    expect(rows.map(({ name }) => name)).toEqual(["辛", "壬"]);
    expect(await east.entries(EARLY)).toEqual({ call: 1 });
    expect((await east.log({ limit: 9 })).items).toHaveLength(1);
    expect(await east.getHandOver("h3")).toBeNull();
    expect(await city().entry("east-1")).toBeNull();
    expect(await city().receive("east-h1", 5, RECEIPT)).toBe(false);
    expect(await east.receive("east-h1", 5, RECEIPT)).toBe(true);
    expect(await city().roster("2026-11-01", "2026-11-30")).toEqual(before);
  });

  it("counts what came in within a shift, of the whole city or of a scope", async () => {
    const { duty, incidents } = store();
    const noon = at("2027-03-01 12:00");
    const report = (id: string, more: Parameters<typeof incident>[1]) =>
      incident(`duty-${id}`, { reportedAt: noon, receivedAt: noon, ...more });
    await incidents.report([
      report("1", {}),
      report("2", { district: "990102", priority: null }),
      report("3", { reportedAt: noon - 1 }),
      report("4", { department: "WATER", source: "iotAlarm" }),
    ]);
    const of = (scope: object) =>
      duty.became(noon, noon + 1, { ...WHOLE_CITY, ...scope });
    const counts = async (scope: object) =>
      (await of(scope)).reported.reduce((sum, { n }) => sum + n, 0);
    expect(await counts({})).toBe(3);
    expect(await counts({ districts: ["990102"] })).toBe(1);
    expect(await counts({ departments: ["WATER"] })).toBe(1);
    expect(await counts({ departments: [] })).toBe(0);
    // Its sender says that it is over.
    await incidents.report([report("1", { closedAt: noon })]);
    expect(await of({})).toMatchObject({ registered: 0, closed: 1 });
  });

  it("finds an incident by its number", async () => {
    const { incidents } = store();
    const [reported] = await incidents.report([incident("numbered")]);
    const { id, number } = reported!.held.incident;
    expect(await incidents.numbered(number)).toBe(id);
    expect(await incidents.numbered("2026-99999999")).toBeNull();
    expect(await incidents.numbered("'; DROP TABLE")).toBeNull();
  });
}
