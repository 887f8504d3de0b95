/** How incidents are found: filters, words and numbers, over one engine. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sees, type DataScope } from "../../contract/data-scope.ts";
import { EMPTY_DOSSIER, type Dossier } from "../../contract/dossier.ts";
import { ENDED, IncidentStatus } from "../../contract/incident-status.ts";
import type { Held, HistoryLine } from "../../contract/incident.ts";
import { MINUTE } from "../../contract/time.ts";
import { maskTexts } from "../../server/auth/mask.ts";
import { openStore } from "../../server/store/open.ts";
import type { IncidentsAsked, Store } from "../../server/store/store.ts";
import { createChance, type Chance } from "../kit/chance.ts";
import { at, CITY_ZONE, incident } from "./city.ts";
import type { Engine, Room } from "./engines.ts";

const SEED = 20261126;
const START = at("2026-11-20 08:00");
const STATUSES = IncidentStatus.options;
const DEPARTMENTS = ["WATER", "TRANS", "URBAN", "FIRE"];
const DISTRICTS = ["990101", "990102", "990103", null];
const WORDS = ["积水", "井盖", "路灯", "噪声", "Graffiti", "pier", "3号线"];
const CATEGORIES = ["flood", "公共设施/井盖", "a'b\"c", null];

type Asked = Omit<IncidentsAsked, "limit" | "cursor">;

export function searchOver(engine: Engine): void {
  describe(
    `incidents looked for on ${engine.name}`,
    { timeout: 60_000 },
    () => {
      let room: Room;
      let store: Store;
      let all: Held[];
      beforeAll(async () => {
        room = await engine.start();
        store = await openStore({
          ...{ url: await room.empty(), timeZone: CITY_ZONE },
          show: maskTexts,
        });
        all = await city(store, createChance(SEED));
      }, 120_000);
      afterAll(async () => {
        await store.close();
        await room.stop();
      }, 60_000);

      const agree = async (
        chance: Chance,
        times: number,
        searches: boolean,
      ) => {
        for (let i = 0; i < times; i++) {
          const asked = question(chance, searches);
          const found = await everyPage(store, asked, chance.between(1, 40));
          const expected = all
            .filter((held) => meets(held, asked))
            .sort(newest);
          expect(
            numbers(found),
            `seed ${SEED}: ${JSON.stringify(asked)}`,
          ).toEqual(numbers(expected));
        }
      };

      it("tells by any filters what a look at every incident tells, before there is an index too", async () => {
        await agree(createChance(SEED + 1), 60, false);
        await store.incidents.completeIndex(new AbortController().signal);
        await agree(createChance(SEED + 2), 150, true);
      });

      it("finds an incident by what a step made of it, and no more by what it was", async () => {
        const [made] = await store.incidents.report([
          incident("stepped", { feed: "steps", title: "护栏损坏" }),
        ]);
        const held = made!.held;
        const taken = await step(store, held, {
          status: "dispatched",
          dossier: { ...EMPTY_DOSSIER, centres: ["EAST"] },
        });
        const ids = async (asked: Asked) =>
          (await everyPage(store, { feed: "steps", ...asked }, 9)).map(
            ({ incident }) => incident.id,
          );
        const { id } = held.incident;
        expect(await ids({ statuses: ["reported"] })).toEqual([]);
        expect(await ids({ statuses: ["dispatched"] })).toEqual([id]);
        expect(await ids({ department: "EAST" })).toEqual([id]);
        expect(await ids({ search: looked("护栏") })).toEqual([id]);
        await step(store, taken, { status: "voided" });
        expect(await ids({ open: true })).toEqual([]);
        expect(await ids({ open: false, search: looked("护栏") })).toEqual([
          id,
        ]);
      });

      it("finds what a resend says now, when it was reported now", async () => {
        const report = incident("resent", { feed: "again", title: "树木倒伏" });
        await store.incidents.report([report]);
        await store.incidents.report([
          { ...report, title: "广告牌倾斜", reportedAt: START - 90 * MINUTE },
        ]);
        const found = (text: string) =>
          everyPage(store, { feed: "again", search: looked(text) }, 9);
        expect(await found("树木")).toEqual([]);
        expect(await found("广告牌")).toHaveLength(1);
        expect(
          await everyPage(store, { feed: "again", to: START }, 9),
        ).toHaveLength(1);
      });

      it("finds nobody by his number or name, and no house for whom houses are masked", async () => {
        await store.incidents.report([
          incident("private", {
            feed: "masked",
            title: "咨询",
            description:
              "联系人：欧阳明珠，电话13912345678，证件330102199001011234",
            address: "幸福路128号3栋",
            reporter: { name: "慕容云海", phone: "057188889999" },
          }),
          incident("own", {
            feed: "masked",
            title: "慕容云海来电，5718 8889999，门前积水",
            reporter: { name: "慕容云海", phone: "057188889999" },
          }),
        ]);
        const found = async (text: string, masking?: "all") =>
          (
            await everyPage(
              store,
              { feed: "masked", search: looked(text, masking) },
              9,
            )
          ).length;
        for (const text of ["明珠", "云海", "13912345678", "1391", "12345678"])
          expect(await found(text), text).toBe(0);
        for (const text of ["330102199001011234", "88889999", "057188889999"])
          expect(await found(text), text).toBe(0);
        expect(await found("咨询")).toBe(1);
        expect(await found("128号")).toBe(1);
        expect(await found("128号", "all")).toBe(0);
        expect(await found("幸福路", "all")).toBe(1);
      });

      it("finds incidents by how their numbers begin", async () => {
        const number = all[77]!.incident.number;
        const of = async (text: string, asked: Asked = {}) =>
          numbers(
            await everyPage(store, { ...asked, search: looked(text) }, 7),
          );
        expect(await of(number)).toEqual([number]);
        expect(await of(number, { within: nobody })).toEqual([]);
        const prefix = number.slice(0, -1);
        expect((await of(prefix)).sort()).toEqual(
          numbers(all)
            .filter((each) => each.startsWith(prefix))
            .sort(),
        );
      });

      it("takes hostile text for text, whether it is stored or looked for", async () => {
        const hostile = [
          `" OR "积水`,
          `') DROP TABLE incidents; --`,
          "a* AND NOT b",
          "NEAR(积水 井盖, 2)",
          "words : x",
          "^积 {水}",
          "'|' & !'x' <-> \\'y",
          "\u0000\uffff 🌉🌉 ﷽",
          "％＿\\_",
          "é́́́ x".repeat(10),
        ];
        await store.incidents.report(
          hostile.map((title, i) =>
            incident(`hostile-${i}`, {
              feed: "hostile",
              category: title.slice(0, 60),
              title: `${title} 恶意`,
            }),
          ),
        );
        const asked = { feed: "hostile", search: looked("恶意") };
        expect(await everyPage(store, asked, 3)).toHaveLength(hostile.length);
        for (const text of hostile) {
          const found = { feed: "hostile", search: looked(text) };
          await expect(everyPage(store, found, 9), text).resolves.toBeDefined();
          const category = text.replaceAll("\0", "\ufffd").slice(0, 60);
          const own = { feed: "hostile", category };
          expect(await everyPage(store, own, 9), text).toHaveLength(1);
        }
        expect(
          await everyPage(store, { ...asked, category: "恶意" }, 9),
        ).toEqual([]);
      });
    },
  );
}

const nobody: DataScope = { departments: ["NONE"], districts: null };
const looked = (text: string, masking: "personal" | "all" = "personal") => ({
  ...{ text, masking },
});
const numbers = (helds: Held[]) => helds.map(({ incident }) => incident.number);
const newest = (a: Held, b: Held) =>
  b.incident.reportedAt - a.incident.reportedAt ||
  (a.incident.id < b.incident.id ? 1 : -1);

/** Incidents of one morning, many of an hour and some of one instant, a third of them taken a step further. */
async function city(store: Store, chance: Chance): Promise<Held[]> {
  const reports = Array.from({ length: 400 }, (_, i) =>
    incident(`s-${i}`, {
      feed: chance.one(["hotline", "grid"]),
      source: chance.one(["12345", "gridReport"]),
      department: chance.one(DEPARTMENTS),
      district: chance.one(DISTRICTS),
      category: chance.one(CATEGORIES),
      priority: chance.one([1, 2, 3, 4, null]),
      title: `${chance.one(WORDS)}。${chance.one(WORDS)}`,
      description: chance.one(WORDS),
      reportedAt: START + chance.between(0, 40) * 6 * MINUTE,
    }),
  );
  const made = await store.incidents.report(reports);
  const all: Held[] = [];
  for (const { held } of made)
    all.push(
      chance.next() < 0.67
        ? held
        : await step(store, held, {
            status: chance.one(STATUSES),
            dossier: dossier(chance),
          }),
    );
  return all;
}

const dossier = (chance: Chance): Dossier => ({
  ...structuredClone(EMPTY_DOSSIER),
  centres: chance.next() < 0.5 ? [chance.one(["EAST", "WATER"])] : [],
  instructions:
    chance.next() < 0.7
      ? []
      : [
          {
            ...{ no: 1, kind: "supervise", level: 2, by: "a", name: "" },
            ...{ at: START, text: "", dueAt: null, answer: null },
          },
        ],
});

async function step(
  store: Store,
  { incident, dossier }: Held,
  to: { status: IncidentStatus; dossier?: Dossier },
): Promise<Held> {
  const rev = incident.rev + 1;
  const centre = to.dossier?.centres[0] ?? incident.centre;
  const held: Held = {
    incident: { ...incident, rev, status: to.status, centre },
    dossier: to.dossier ?? dossier,
  };
  const line: HistoryLine = {
    ...{ rev, at: START, who: "a", name: "", what: "note", detail: "" },
    ...{ from: incident.status, to: to.status, facts: {} },
  };
  expect(await store.incidents.step(held, line)).toBeNull();
  return held;
}

function question(chance: Chance, searches: boolean): Asked {
  const maybe = <T>(key: string, give: () => T) =>
    chance.next() < 0.25 ? { [key]: give() } : {};
  const instant = () => START + chance.between(0, 240) * MINUTE;
  return {
    ...maybe("statuses", () => [chance.one(STATUSES), "reported"]),
    ...maybe("open", () => chance.next() < 0.5),
    ...maybe("priority", () => chance.between(1, 5)),
    ...maybe("category", () => chance.one(CATEGORIES) ?? "none"),
    ...maybe("source", () => chance.one(["12345", "gridReport"])),
    ...maybe("department", () => chance.one([...DEPARTMENTS, "EAST"])),
    ...maybe("centre", () => chance.one(["EAST", "WATER"])),
    ...maybe("supervised", () => chance.next() < 0.7),
    ...maybe("district", () => chance.one(DISTRICTS) ?? "none"),
    ...maybe("feed", () => chance.one(["hotline", "grid"])),
    ...maybe("from", instant),
    ...maybe("to", instant),
    ...maybe("within", () => ({
      departments:
        chance.next() < 0.3 ? null : [chance.one(DEPARTMENTS), "EAST"],
      districts: chance.next() < 0.5 ? null : [DISTRICTS[0]!, DISTRICTS[1]!],
    })),
    ...(searches && maybe("search", () => looked(chance.one(WORDS)))),
  };
}

/** What a question means, said once more and simply. */
function meets({ incident, dossier }: Held, asked: Asked): boolean {
  const { statuses, open, supervised, department, search, within } = asked;
  const { status, reportedAt, district } = incident;
  const departments = [incident.department, ...dossier.centres];
  const texts = [incident.title, incident.description, incident.address];
  const is = (
    ["priority", "category", "source", "centre", "district"] as const
  ).every((key) => asked[key] === undefined || asked[key] === incident[key]);
  return (
    is &&
    (asked.feed === undefined || asked.feed === incident.feed) &&
    (!statuses || statuses.includes(status)) &&
    (open === undefined || open === !ENDED.has(status)) &&
    (supervised === undefined ||
      supervised === dossier.instructions.length > 0) &&
    (department === undefined || departments.includes(department)) &&
    (asked.from === undefined || reportedAt >= asked.from) &&
    (asked.to === undefined || reportedAt < asked.to) &&
    (!search || texts.some((text) => text.includes(search.text))) &&
    (!within || sees(within, { departments, district }))
  );
}

async function everyPage(
  store: Store,
  asked: Asked,
  limit: number,
): Promise<Held[]> {
  const found: Held[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await store.incidents.page({
      ...{ ...asked, limit },
      ...(cursor !== undefined && { cursor }),
    });
    if (page.cursor !== null) expect(page.items).toHaveLength(limit);
    found.push(...page.items);
    cursor = page.cursor;
  }
  return found;
}
