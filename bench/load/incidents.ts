/**
 * A city's year of incidents, written straight into an empty store: texts of a
 * few hundred roads and matters, a history of five lines each and an order of
 * one department. The same seed, the same year.
 */
import { EMPTY_DOSSIER, type Dossier } from "../../contract/dossier.ts";
import { ENDED, type IncidentStatus } from "../../contract/incident-status.ts";
import type { Held, HistoryLine } from "../../contract/incident.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { createZone } from "../../contract/zone.ts";
import { maskTexts } from "../../server/auth/mask.ts";
import { createId } from "../../server/lib/ids.ts";
import { insertInto, type Db } from "../../server/store/db.ts";
import { createFacts } from "../../server/store/facts.ts";
import { writeHistory } from "../../server/store/incident-history.ts";
import { createIncidentWords } from "../../server/store/incident-words.ts";
import { openDb } from "../../server/store/open-db.ts";
import { writeCounted } from "../../server/store/statistics.ts";
import { CITY_ZONE, DISTRICTS } from "../../test/kit/city.ts";
import { createChance, type Chance } from "../../test/kit/chance.ts";
import { countedOf } from "./counted.ts";

const AT_ONCE = 5_000;
const LINES = 5;
/** Of one incident, the newest: as many as a hard case may come to. */
export const MANY_LINES = 400;
/** So many of all have the rare word. */
const RARE = 20;
export const WORDS = {
  common: "积水",
  several: "道路积水",
  rare: "白鹭",
  none: "鲸鱼",
};

const MATTERS =
  "道路积水 井盖破损 路灯不亮 占道经营 夜间施工噪声 垃圾堆放 违章停车 树木倒伏 油烟扰民 护栏损坏 路面坑洞 污水外溢 广告牌倾斜 共享单车堆放 消防通道占用 电线脱落".split(
    " ",
  );
const SIGNS = [..."东西南北中江河湖海山林滨云星光明平安和兴盛长宁永康泰丰"];
const PLACES =
  "小学门口 地铁站出口 菜市场旁 小区北门 公交站台 路口 桥下 公园入口".split(
    " ",
  );
const DETAILS =
  "行人绕行困难 车辆通行缓慢 已持续三天 雨后更加严重 居民多次反映 存在安全隐患 夜间看不清 影响老人出行".split(
    " ",
  );
const CATEGORIES = Array.from({ length: 120 }, (_, i) => `matter${i}`);
const SOURCES = ["hotline12345", "citizenSnap", "gridReport", "ai", "iot"];
/** The first is whose handler looks. */
const DEPARTMENTS = ["ECO", ...Array.from({ length: 59 }, (_, i) => `D${i}`)];
const CODES = [
  ...Object.values(DISTRICTS).map(({ code }) => code),
  ...["999003", "999004", "999005", "999006", "999007"],
];
const OPEN: IncidentStatus[] = [
  "reported",
  "registered",
  "handling",
  "checking",
];

/** Writes `count` incidents; @returns the id of the one with the long history. */
export async function writeYear(url: string, count: number): Promise<string> {
  const db = await openDb(url);
  try {
    return await write(db, count);
  } finally {
    await db.close();
  }
}

async function write(db: Db, count: number): Promise<string> {
  const words = createIncidentWords(db, maskTexts);
  const zone = createZone(CITY_ZONE);
  const chance = createChance(20261126);
  const clocks = createChance(20261127);
  const end = Date.UTC(2026, 10, 25);
  const running = new Map<number, number>();
  let last = "";
  for (let from = 0; from < count; from += AT_ONCE) {
    const helds = Array.from(
      { length: Math.min(AT_ONCE, count - from) },
      (_, i) => {
        const no = from + i;
        const at = end - Math.round(((count - no) / count) * 365 * DAY);
        const year = zone.yearOf(at);
        running.set(year, (running.get(year) ?? 0) + 1);
        return {
          ...incidentOf(chance, no, at, count),
          year,
          running: running.get(year)!,
        };
      },
    );
    last = helds.at(-1)!.held.incident.id;
    await db.batch([
      {
        sql: insertInto("incidents", COLUMNS),
        each: helds.map(rowOf),
      },
      writeHistory(
        helds.flatMap(({ held }) =>
          linesOf(held, held.incident.rev).map((line) => ({
            id: held.incident.id,
            line,
          })),
        ),
      ),
      {
        sql: insertInto("incident_handlers", [
          ...["incident", "department", "reported_at"],
        ]),
        each: helds.flatMap(({ held: { incident, dossier } }) =>
          dossier.orders.map(({ department }) => [
            ...[incident.id, department, incident.reportedAt],
          ]),
        ),
      },
      await words.put(helds.map(({ held }) => ({ held, reporter: null }))),
      ...writeCounted(
        helds.map(({ held }) => ({
          ...{ incident: held.incident, counted: countedOf(clocks, held) },
          isNew: true,
        })),
      ),
    ]);
  }
  await db.batch([
    {
      sql: insertInto("counters", ["name", "value"]),
      each: [...running].map(([year, value]) => [`incident ${year}`, value]),
    },
    // All are in the index, and what is over is counted: a hub need not look.
    createFacts(db).setting("incidentWords", { isDone: true, from: [0, ""] }),
    createFacts(db).setting("incidentStatistics", {
      ...{ isWhole: true, calendar: "", at: null },
    }),
  ]);
  return last;
}

function incidentOf(chance: Chance, no: number, at: number, count: number) {
  const isOpen = no > count * 0.9 && chance.next() < 0.2;
  const status: IncidentStatus = isOpen
    ? chance.one(OPEN)
    : chance.next() < 0.05
      ? "voided"
      : "closed";
  const road = `${chance.one(SIGNS)}${chance.one(SIGNS)}路`;
  const matter = MATTERS[Math.floor(chance.next() ** 2 * MATTERS.length)]!;
  const place = chance.one(PLACES);
  const every = count / RARE;
  const rare = no % every === every / 2 ? `，现场有${WORDS.rare}` : "";
  const department = chance.one(DEPARTMENTS);
  const held: Held = {
    incident: {
      id: createId(at),
      number: "",
      feed: `feed${chance.between(0, 20)}`,
      externalId: `E-${no}`,
      source: chance.one(SOURCES),
      department: chance.one(DEPARTMENTS),
      category: chance.one(CATEGORIES),
      matterClass: "A",
      title: `${road}${matter}`,
      description: `市民反映${road}${place}附近${matter}，${chance.one(DETAILS)}，${chance.one(DETAILS)}，请尽快派人处理并回复${rare}。`,
      priority: chance.between(1, 5),
      status,
      ...{ lng: 120.05, lat: 30.05, district: chance.one(CODES) },
      address: `${road}${chance.between(1, 400)}号${place}`,
      ...{ centre: null, parent: null },
      reportedAt: at - chance.between(0, 5 * MINUTE),
      receivedAt: at,
      closedAt: ENDED.has(status) ? at + 5 * HOUR : null,
      ...{ sensor: null, camera: null, confidence: null, historic: false },
      rev: no === count - 1 ? MANY_LINES : LINES,
    },
    dossier: dossierOf(department, at, isOpen),
  };
  return { held };
}

const dossierOf = (
  department: string,
  at: number,
  isOpen: boolean,
): Dossier => ({
  ...EMPTY_DOSSIER,
  isTaken: true,
  orders: [
    {
      ...{
        no: 1,
        department,
        isLead: true,
        status: isOpen ? "handling" : "done",
      },
      ...{ sentAt: at + HOUR, signedAt: at + 2 * HOUR, signedBy: "handler" },
      feedback: isOpen
        ? null
        : { at: at + 4 * HOUR, by: "handler", note: "现场已处理", photos: [] },
    },
  ],
});

const linesOf = ({ incident }: Held, count: number): HistoryLine[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ rev: i + 1, at: incident.receivedAt + i * HOUR, name: "值班员" },
    ...{ who: i === 0 ? `feed:${incident.feed}` : "dispatcher" },
    ...{ what: i === 0 ? "reported" : "note", from: null, to: incident.status },
    detail: "已联系责任单位，要求按时限处置并反馈现场照片",
    facts: {},
  }));

const COLUMNS = [
  ...["id", "year", "running", "feed", "external_id", "source", "department"],
  ...["category", "title", "description", "priority", "status", "ended"],
  ...["lng", "lat", "district", "address", "reported_at", "received_at"],
  ...["closed_at", "historic", "attachments", "dossier", "supervised", "rev"],
];

const rowOf = ({
  held: { incident, dossier },
  year,
  running,
}: {
  held: Held;
  year: number;
  running: number;
}) => [
  ...[incident.id, year, running, incident.feed, incident.externalId],
  ...[incident.source, incident.department, incident.category, incident.title],
  ...[incident.description, incident.priority, incident.status],
  ...[Number(ENDED.has(incident.status)), incident.lng, incident.lat],
  ...[incident.district, incident.address, incident.reportedAt],
  ...[incident.receivedAt, incident.closedAt, 0, "[]"],
  ...[JSON.stringify(dossier), 0, incident.rev],
];
