/** Everything that feeds may tell of a city of two departments and two districts, whose rows move between them. */
import { setTimeout as wait } from "node:timers/promises";
import type { Feed } from "../../../contract/feed.ts";
import { told } from "../../flow/city.ts";
import { createChance, type Chance } from "../../kit/chance.ts";
import {
  DISTRICTS,
  indicatorRow,
  PLACES,
  type CityPlan,
} from "../../kit/city.ts";
import type { Hub } from "../../kit/hub.ts";
import { Timeline, type Row } from "./truth.ts";

const DEPARTMENTS = ["TEST", "ECO"] as const;
/** `roam` is handed from one department to the other and back. */
const SYSTEMS = { test: "TEST", eco: "ECO", roam: "TEST" } as const;
const FORMATS = {
  sensors: "sensors/1",
  readings: "readings/1",
  incidents: "incidents/1",
  cars: "positions/1",
  cameras: "cameras/1",
  reports: "indicators/1",
} as const;
type Kind = keyof typeof FORMATS;
const ROWS = 20;
const BATCH = 5;
/** ms between a feed's batches. */
const PACE = 40;
/** Batches of the roaming incidents between two hand-overs. */
const HANDOVER_EVERY = 12;

const systems = Object.keys(SYSTEMS) as (keyof typeof SYSTEMS)[];
const kinds = Object.keys(FORMATS) as Kind[];

export const WATCHED_CITY: CityPlan = {
  feeds: systems.flatMap((system) =>
    kinds.map((kind) => ({
      ...{ id: `${system}-${kind}`, system, department: SYSTEMS[system] },
      ...{ format: FORMATS[kind], expectEvery: 3_600_000 },
    })),
  ),
  indicators: DEPARTMENTS.map((ownerDept) =>
    indicatorRow({
      id: `${ownerDept.toLowerCase()}.told`,
      ...{ source: "reported", ownerDept, scopes: "city;district" },
      ...{ every: "3600000", staleAfter: "7200000" },
    }),
  ),
};

/** By topic and the item's id there; incidents by `feed/externalId`. */
export type Rows = Record<
  | "sensors"
  | "incidents"
  | "feeds"
  | "positions"
  | "cameraStates"
  | "indicators",
  Map<string, Row>
>;

export interface Load {
  rows: Rows;
  /** Items that were taken. */
  sent(): number;
  /** Tells of every row once. */
  seed(): Promise<void>;
  /** Moves and changes rows for so many ms. */
  run(ms: number): Promise<void>;
}

export function createLoad(hub: Hub, seed: number): Load {
  const rows: Rows = {
    ...{ sensors: new Map(), incidents: new Map(), feeds: new Map() },
    ...{ positions: new Map(), cameraStates: new Map() },
    indicators: new Map(),
  };
  const owners = Object.fromEntries(
    systems.map((system) => [system, new Timeline<string>(SYSTEMS[system])]),
  ) as Record<keyof typeof SYSTEMS, Timeline<string>>;
  /** Of each sensor: where it stands and what it last measured. */
  const gauges = new Map<string, { lng: number; value: number }>();
  let sent = 0;
  let stamp = 0;

  const placeOf = (chance: Chance) => {
    const side = chance.one(["west", "east"] as const);
    const { lng, lat } = PLACES[side];
    const aside = chance.between(-300, 300) / 10_000;
    return { lng: lng + aside, lat, district: DISTRICTS[side].code };
  };

  /** Sends items, each with what becomes of its row. */
  async function send(
    feed: string,
    items: {
      item: object;
      row: Row;
      district: string | null;
      owner?: string;
      value: () => string | null;
    }[],
  ): Promise<void> {
    for (const { row, district, owner } of items) {
      if (row.district.last !== district) row.district.begin(district);
      if (owner !== undefined && row.owner.last !== owner)
        row.owner.begin(owner);
    }
    const { accepted, rejections } = await told(
      ...([hub, feed, items.map(({ item }) => item)] as const),
    );
    if (rejections.length > 0) throw new Error(JSON.stringify(rejections));
    sent += accepted;
    for (const { row, value, owner } of items) {
      row.district.settle();
      if (owner !== undefined) row.owner.settle();
      row.value = value();
    }
  }

  const rowOf = (
    table: Map<string, Row>,
    id: string,
    first: { owner: Timeline<string>; district: string | null },
  ): Row => {
    let row = table.get(id);
    if (!row) {
      const district = new Timeline<string | null>(first.district);
      table.set(id, (row = { owner: first.owner, district, value: null }));
    }
    return row;
  };

  /** What each kind of feed says of some of its rows. */
  const tell: Record<
    Kind,
    (
      system: keyof typeof SYSTEMS,
      chance: Chance,
      numbers: number[],
    ) => Promise<void>
  > = {
    sensors: (system, chance, numbers) =>
      send(
        `${system}-sensors`,
        numbers.map((n) => {
          const { district, ...place } = placeOf(chance);
          const id = `${system}/g-${n}`;
          const gauge = gauges.get(id) ?? { lng: 0, value: NaN };
          gauges.set(id, gauge);
          const first = { owner: owners[system], district };
          return {
            item: {
              ...{ id: `g-${n}`, name: id, kind: "gauge", ...place },
              // Short, so that it is late and live by turns.
              metrics: [{ metric: "level", unit: "m", period: 500 }],
            },
            ...{ row: rowOf(rows.sensors, id, first), district },
            value: () =>
              JSON.stringify({ ...gauge, lng: (gauge.lng = place.lng) }),
          };
        }),
      ),
    readings: (system, _chance, numbers) =>
      send(
        `${system}-readings`,
        numbers.map((n) => {
          const id = `${system}/g-${n}`;
          const row = rows.sensors.get(id)!;
          const gauge = gauges.get(id)!;
          const value = ++stamp;
          return {
            item: { sensor: `g-${n}`, metric: "level", at: Date.now(), value },
            ...{ row, district: row.district.last },
            value: () =>
              JSON.stringify({ ...gauge, value: (gauge.value = value) }),
          };
        }),
      ),
    incidents: (system, chance, numbers) =>
      send(
        `${system}-incidents`,
        numbers.map((n) => {
          const { district, ...place } = placeOf(chance);
          const feed = `${system}-incidents`;
          // Whoever it was reported to keeps it.
          const owner = new Timeline(owners[system].last);
          const first = { owner, district };
          // One in ten ends, and another one begins in its place.
          const open = `${n}-${ends.get(`${system} ${n}`) ?? 0}`;
          const isOver =
            rows.incidents.has(`${feed}/${open}`) && chance.next() < 0.1;
          if (isOver)
            ends.set(`${system} ${n}`, (ends.get(`${system} ${n}`) ?? 0) + 1);
          const title = `incident ${++stamp}`;
          return {
            item: {
              ...{ externalId: open, source: feed, title, ...place },
              reportedAt: began,
              ...(isOver && { closedAt: Date.now() }),
            },
            ...{ row: rowOf(rows.incidents, `${feed}/${open}`, first) },
            ...{ district, value: () => (isOver ? null : title) },
          };
        }),
      ),
    cars: (system, chance, numbers) =>
      send(
        `${system}-cars`,
        numbers.map((n) => {
          const { district, ...place } = placeOf(chance);
          const id = `${system}/c-${n}`;
          const at = Date.now();
          const first = { owner: owners[system], district };
          return {
            item: { object: `c-${n}`, kind: "bus", at, ...place },
            ...{ row: rowOf(rows.positions, id, first), district },
            value: () => JSON.stringify([place.lng, at]),
          };
        }),
      ),
    cameras: (system, chance, numbers) =>
      send(
        `${system}-cameras`,
        numbers.map((n) => {
          const { district, ...place } = placeOf(chance);
          const department = chance.one(DEPARTMENTS);
          const online = chance.next() < 0.5;
          const id = `${system}-cameras/v-${n}`;
          const first = { owner: new Timeline<string>(department), district };
          return {
            item: { id: `v-${n}`, name: id, department, online, ...place },
            ...{ row: rowOf(rows.cameraStates, id, first), district },
            ...{ owner: department, value: () => String(online) },
          };
        }),
      ),
    async reports(system) {
      if (system === "roam") return;
      const indicator = `${system}.told`;
      await send(
        `${system}-reports`,
        ["city", DISTRICTS.west.code, DISTRICTS.east.code].map((scope) => {
          const district = scope === "city" ? null : scope;
          const value = ++stamp;
          const id = `${indicator}@${scope}`;
          const first = { owner: owners[system], district };
          return {
            item: { indicator, scope, at: Date.now(), value },
            ...{ row: rowOf(rows.indicators, id, first), district },
            value: () => String(value),
          };
        }),
      );
    },
  };
  const began = Date.now();
  /** How many incidents ended under a number. */
  const ends = new Map<string, number>();

  /** All that roams is the other department's from now on. */
  async function handOver(): Promise<void> {
    const owner = owners.roam;
    const department = owner.last === "TEST" ? "ECO" : "TEST";
    const { items } = await hub.ask<{ items: (Feed & { health?: unknown })[] }>(
      "/api/feeds",
    );
    owner.begin(department);
    for (const { health: _health, ...feed } of items)
      if (feed.system === "roam")
        await hub.ask(`/api/feeds/${feed.id}`, {
          method: "PUT",
          body: JSON.stringify({ ...feed, department }),
        });
    owner.settle();
  }

  const lanes = systems.flatMap((system) =>
    kinds.map((kind) => [system, kind] as const),
  );

  return {
    rows,
    sent: () => sent,
    async seed() {
      const chance = createChance(seed);
      const all = Array.from({ length: ROWS }, (_, n) => n);
      for (const [system, kind] of lanes) {
        rowOf(rows.feeds, `${system}-${kind}`, {
          ...{ owner: owners[system], district: null },
        }).value = "";
        await tell[kind](system, chance, all);
      }
    },
    async run(ms) {
      const until = performance.now() + ms;
      await Promise.all(
        lanes.map(async ([system, kind], lane) => {
          const chance = createChance(seed + 1 + lane);
          for (let batch = 1; performance.now() < until; batch++) {
            const some = new Set(
              Array.from({ length: BATCH }, () => chance.between(0, ROWS)),
            );
            await tell[kind](system, chance, [...some]);
            const hands = system === "roam" && kind === "incidents";
            if (hands && batch % HANDOVER_EVERY === 0) await handOver();
            await wait(PACE);
          }
        }),
      );
    },
  };
}
