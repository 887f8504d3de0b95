/** What the store keeps of incidents. */
import { describe, expect, it } from "vitest";
import { sees, type DataScope } from "../../contract/data-scope.ts";
import type { IncidentRecord } from "../../contract/incident.ts";
import { MINUTE } from "../../contract/time.ts";
import type { Store } from "../../server/store/store.ts";
import { at, HOSTILE, incident, KEPT } from "./city.ts";

const NOTHING = { items: [], cursor: null, foundFrom: null };

export function incidentsOf(store: () => Store): void {
  describe("incidents", () => {
    it("numbers a city's incidents in one series, year by year, and never twice", async () => {
      const reported = await store().incidents.report([
        incident("n1"),
        incident("n2", { receivedAt: at("2027-01-01 00:00") }),
        incident("n3", { receivedAt: at("2026-12-31 23:59") }),
      ]);
      expect(reported.map((each) => each.held.incident.number)).toEqual([
        "2026-0000001",
        "2027-0000001",
        "2026-0000002",
      ]);
      const together = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          store().incidents.report([incident(`together-${i}`)]),
        ),
      );
      const numbers = together.flat().map((each) => each.held.incident.number);
      expect(new Set(numbers).size).toBe(20);
    });

    it("takes the same report once, and a changed one as the sender's update", async () => {
      const [made] = await store().incidents.report([incident("r1")]);
      const [same] = await store().incidents.report([incident("r1")]);
      expect(same).toEqual({
        index: 0,
        outcome: "duplicate",
        held: made!.held,
        reporter: made!.reporter,
      });
      const [updated] = await store().incidents.report([
        incident("r1", {
          priority: 1,
          receivedAt: at("2026-11-20 08:30"),
          reporter: { name: "林先生" },
        }),
      ]);
      expect(updated!.held.incident).toEqual({
        ...made!.held.incident,
        priority: 1,
        rev: 2,
      });
      const { history } = (await store().incidents.get(
        made!.held.incident.id,
      ))!;
      expect(history).toEqual([
        {
          at: at("2026-11-20 08:01"),
          who: "feed:hotline",
          name: "",
          what: "reported",
          ...{ rev: 1, from: null, to: "reported" },
          ...{ detail: "", facts: {} },
        },
        {
          at: at("2026-11-20 08:30"),
          who: "feed:hotline",
          name: "",
          what: "updated",
          ...{ rev: 2, from: "reported", to: "reported", facts: {} },
          detail: "priority: 1; reporter_name; reporter_phone",
        },
      ]);
    });

    it("keeps the reporter's name and phone out of everything it tells", async () => {
      const secret = { name: "不可外泄", phone: "13900009999" };
      const [made] = await store().incidents.report([
        incident("private", { reporter: secret, feed: "private" }),
      ]);
      const told = JSON.stringify([
        made!.held.incident,
        await store().incidents.get(made!.held.incident.id),
        await store().incidents.open(),
        await store().incidents.page({ feed: "private", limit: 9 }),
      ]);
      expect(told).not.toContain(secret.name);
      expect(told).not.toContain(secret.phone);
    });

    it("tells who reported an incident only where that is asked", async () => {
      const reporter = { name: "不可外泄", phone: "13900009999" };
      const reports = [
        incident("told", { reporter, feed: "reporters" }),
        incident("half", { reporter: { phone: "1" }, feed: "reporters" }),
        incident("nobody", { reporter: null, feed: "reporters" }),
        incident("empty", { reporter: { name: "" }, feed: "reporters" }),
      ];
      const made = await store().incidents.report(reports);
      const known = [reporter, { name: "", phone: "1" }, null, null];
      expect(made.map((each) => each.reporter)).toEqual(known);
      const ids = made.map((each) => each.held.incident.id);
      const found = await store().incidents.reporters([...ids, "no-such"]);
      expect(ids.map((id) => found.get(id) ?? null)).toEqual(known);
      expect(found.size).toBe(2);
      expect(await store().incidents.reporters([])).toEqual(new Map());
    });

    it("tells somebody's own reports by their key, and nobody's whose id begins alike", async () => {
      const feed = "own";
      await store().incidents.report([
        incident("acc-1/first", { feed }),
        incident("acc-1/second", { feed }),
        incident("acc-10/other", { feed }),
        incident("acc-1", { feed }),
      ]);
      const asked = { feed, prefix: "acc-1", login: "nobody", limit: 9 };
      const found = await store().incidents.own(asked);
      expect(found.map(({ key }) => key).sort()).toEqual(["first", "second"]);
      expect(await store().incidents.own({ ...asked, limit: 1 })).toHaveLength(
        1,
      );
    });

    it("tells every open incident once, oldest first, however many there are", async () => {
      const many = Array.from({ length: 5_200 }, (_, i) =>
        incident(`m${i}`, { feed: "many", reportedAt: 1000 + (i % 50) }),
      );
      await store().incidents.report(many);
      const open = (await store().incidents.open()).filter(
        ({ incident }) => incident.feed === "many",
      );
      expect(new Set(open.map(({ incident }) => incident.id)).size).toBe(
        many.length,
      );
      expect(open).toHaveLength(many.length);
      const times = open.map(({ incident }) => incident.reportedAt);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      await store().incidents.report(
        many.map((one) => ({ ...one, closedAt: one.reportedAt })),
      );
    });

    it("knows what was merged into what", async () => {
      const [one, two] = await store().incidents.report([
        incident("into"),
        incident("merged"),
      ]);
      const [parent, child] = [one!.held.incident, two!.held];
      expect(await store().incidents.merged()).toEqual([]);
      await store().incidents.step(
        {
          incident: { ...child.incident, parent: parent.id, rev: 2 },
          dossier: child.dossier,
        },
        {
          ...{ rev: 2, at: 1, who: "a", name: "", what: "merge" },
          ...{ from: "reported", to: "merged", detail: "", facts: {} },
        },
      );
      const { id } = child.incident;
      expect(await store().incidents.merged()).toEqual([
        { id, parent: parent.id },
      ]);
    });

    it("stores hostile text as text, and knows it again", async () => {
      const report = incident(HOSTILE, { title: HOSTILE, feed: "hostile" });
      const [made] = await store().incidents.report([report]);
      expect(made!.held.incident).toMatchObject({
        title: KEPT,
        externalId: KEPT,
      });
      const [again] = await store().incidents.report([report]);
      expect(again!.outcome).toBe("duplicate");
    });

    it("settles repeats within one report in their order", async () => {
      const outcomes = await store().incidents.report([
        incident("twice", { feed: "batch" }),
        incident("twice", { feed: "batch" }),
        incident("twice", { feed: "batch", title: "积水加深" }),
      ]);
      expect(outcomes.map((each) => each.outcome)).toEqual([
        "new",
        "duplicate",
        "updated",
      ]);
      expect(await store().incidents.countByFeed("batch")).toBe(1);
      expect(outcomes[2]!.held.incident).toMatchObject({
        title: "积水加深",
        rev: 2,
      });
    });

    it("keeps historic incidents closed, closes and reopens at the sender's word", async () => {
      const closed = { closedAt: at("2026-11-20 09:00"), feed: "closing" };
      const [historic] = await store().incidents.report([
        incident("c1", { ...closed, historic: true }),
      ]);
      expect(historic!.held.incident.status).toBe("closed");
      await store().incidents.report([incident("c2", { feed: "closing" })]);
      const [ended] = await store().incidents.report([incident("c2", closed)]);
      expect(ended!.held.incident).toMatchObject({
        status: "closed",
        ...closed,
      });
      const isOpen = async () =>
        (await store().incidents.open()).some(
          ({ incident }) => incident.feed === "closing",
        );
      expect(await isOpen()).toBe(false);
      await store().incidents.report([incident("c2", { feed: "closing" })]);
      expect(await isOpen()).toBe(true);
    });

    it("pages the newest first and filters by status, district and feed", async () => {
      await store().incidents.report(
        Array.from({ length: 7 }, (_, i) =>
          incident(`page-${i}`, {
            feed: "pages",
            district: "990107",
            reportedAt: at("2026-11-21 00:00") + Math.floor(i / 2) * MINUTE,
          }),
        ),
      );
      const filter = { feed: "pages", district: "990107", limit: 3 };
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store().incidents.page({
          ...filter,
          statuses: ["reported"],
          ...(cursor ? { cursor } : {}),
        });
        ids.push(...page.items.map(({ incident }) => incident.externalId));
        cursor = page.cursor ?? undefined;
      } while (cursor);
      expect(ids).toHaveLength(7);
      expect(new Set(ids).size).toBe(7);
      expect(ids[0]).toBe("page-6");
      expect(ids.at(-1)).toMatch(/page-[01]/);
      const none = await store().incidents.page({
        ...filter,
        statuses: ["closed"],
      });
      expect(none).toEqual(NOTHING);
    });

    it("pages what lies within a scope, in full pages, whatever lies between", async () => {
      const [departments, districts] = [
        Array.from({ length: 60 }, (_, i) => `D-${i}`),
        ["990101", "990102", "990103", null],
      ];
      const reports = Array.from({ length: 240 }, (_, i) =>
        incident(`scope-${i}`, {
          feed: "scopes",
          department: departments[(i * 7) % 60]!,
          district: districts[(i * 3 + Math.floor(i / 60)) % 4]!,
          reportedAt: at("2026-11-22 00:00") + Math.floor(i / 3) * MINUTE,
        }),
      );
      const all = (await store().incidents.report(reports))
        .map((each) => each.held.incident)
        .sort((a, b) => b.reportedAt - a.reportedAt || (a.id < b.id ? 1 : -1));
      const scopes: DataScope[] = [
        { departments: null, districts: null },
        { departments: ["D-3"], districts: null },
        { departments: ["D-3", "D-4", "D-3", "none"], districts: null },
        { departments, districts: ["990101"] },
        { departments: null, districts: ["990101", "990103", "990101"] },
        { departments: ["D-1", "D-2"], districts: ["990102", "990103"] },
        { departments: [], districts: null },
        { departments: null, districts: [] },
        { departments: ["D-1"], districts: [] },
      ];
      for (const within of scopes) {
        const seen: IncidentRecord[] = [];
        for (let cursor: string | null | undefined; cursor !== null;) {
          const page = await store().incidents.page({
            ...{ feed: "scopes", within, limit: 7 },
            ...(cursor !== undefined && { cursor }),
          });
          if (page.cursor !== null) expect(page.items).toHaveLength(7);
          seen.push(...page.items.map(({ incident }) => incident));
          cursor = page.cursor;
        }
        expect(seen).toEqual(
          all.filter(({ department, district }) =>
            sees(within, { departments: [department], district }),
          ),
        );
      }
      const narrow = await store().incidents.page({
        ...{ feed: "scopes", district: "990101", limit: 500 },
        within: { departments: null, districts: ["990102"] },
      });
      expect(narrow).toEqual(NOTHING);
    });
  });
}
