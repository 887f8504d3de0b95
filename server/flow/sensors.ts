/** The sensor catalogue: durable, then known; and sensors as topics. */
import type { View } from "../../contract/data-scope.ts";
import type { Feed } from "../../contract/feed.ts";
import type { Sensor } from "../../contract/sensor.ts";
import type { Outcome } from "../feeds/sink.ts";
import type { ItemId, Topics } from "../push/topics.ts";
import { madeOf } from "../lib/made-of.ts";
import type { Sensors } from "../hub/sensors.ts";
import type { SensorRow, SeriesRow, Store } from "../store/store.ts";
import type { Held } from "./held.ts";
import { NEW_WORDS, SERIES_PER_SENSOR, type Caps } from "./caps.ts";
import { outside, type Place } from "./place.ts";

export interface SensorFlow {
  take(feed: Feed, items: { index: number; item: Sensor }[]): Promise<Outcome>;
  /** Systems have other owners: their sensors enter and leave the rooms of those who see by department. */
  handedOver(systems: readonly string[]): void;
  /** Shows the sensors that changed, those that fell silent included. */
  show(now: number): void;
}

/** Why a row is refused that brings more than its system may have, or null. */
function crowded(sensors: Sensors, row: SensorRow, caps: Caps) {
  const { system } = row;
  if (!sensors.hasRoomFor(row, NEW_WORDS))
    return {
      path: "",
      message: `the system ${system} brings a kind, district, metric or unit beyond its ${NEW_WORDS} new ones, or beyond the 65,535 that the hub can tell apart`,
    };
  const sensor = sensors.find(system, row.id);
  const isKnown = sensor >= 0 && sensors.isRegistered(sensor);
  if (!isKnown && sensors.registeredOf(system) >= caps.sensors)
    return {
      path: "/id",
      message: `the system ${system} registers more than ${caps.sensors} sensors (MAX_SENSORS)`,
    };
  const series = SERIES_PER_SENSOR * caps.sensors;
  const fresh = row.metrics.filter(
    ({ metric }) => sensors.resolve(system, row.id, metric) < 0,
  );
  if (fresh.length > 0 && sensors.seriesOf(system) + fresh.length > series)
    return {
      path: "/metrics",
      message: `the system ${system} has more than ${series} series, ${SERIES_PER_SENSOR} for each sensor that it may register (MAX_SENSORS)`,
    };
  return null;
}

/** Is it of another kind or in another district than before? */
function hasMoved(sensors: Sensors, row: SensorRow): boolean {
  const sensor = sensors.find(row.system, row.id);
  const kind = sensors.kinds.all[sensors.kindOf[sensor]!];
  const district = sensors.districts.all[sensors.districtOf[sensor]!];
  return kind !== row.kind || district !== (row.district ?? "");
}

/** Sensors looked at for silence per call of `show`. */
const SWEEP = 20_000;

export function createSensorFlow(ask: {
  store: Store;
  topics: Topics;
  held: () => Held;
  place: Place;
  caps: Caps;
  /** Sensors (`system/sensor`) that are of another kind or district than before. */
  moved: (ids: Iterable<string>) => void;
}): SensorFlow {
  const { store, topics, held, place, caps } = ask;
  fillTopics(topics, held);

  /** It may belong to other rooms than before. */
  function move(sensor: number): void {
    topics.touch("sensors", sensor, true);
    topics.touch("sensorStates", sensor, true);
  }

  return {
    async take(feed, items) {
      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      const rows: SensorRow[] = [];
      const { sensors } = held();
      const series: SeriesRow[] = [];
      const fresh = new Set<string>();
      const moved = new Set<string>();
      for (const { index, item } of items) {
        const district = item.district ?? place.districtAt(item.lng, item.lat);
        const row = {
          ...item,
          ...(district !== null && { district }),
          system: feed.system,
          registered: true,
        };
        const refused = outside(place, item) ?? crowded(sensors, row, caps);
        if (refused) {
          outcome.rejections.push({ index, ...refused });
          continue;
        }
        rows.push(row);
        const id = `${row.system}/${row.id}`;
        if (sensors.find(row.system, row.id) < 0) fresh.add(id);
        else if (hasMoved(sensors, row)) moved.add(id);
        series.push(...sensors.register(row));
      }
      if (rows.length === 0) return outcome;
      const writes = [store.sensors.put(rows)];
      // Series first: a stored sensor never lacks one.
      if (series.length > 0) writes.unshift(store.series.add(series));
      await held().applied(Promise.all(writes));
      outcome.accepted = rows.length;
      for (const row of rows) {
        const sensor = sensors.find(row.system, row.id);
        const id = `${row.system}/${row.id}`;
        if (moved.has(id)) move(sensor);
        else topics.touch("sensors", sensor);
        if (fresh.has(id)) topics.touch("sensorStates", sensor);
      }
      ask.moved(moved);
      return outcome;
    },

    handedOver(systems) {
      for (const system of systems) held().sensors.each({ system }, move);
    },

    show(now) {
      const { sensors } = held();
      sensors.sweep(now, SWEEP);
      for (const sensor of sensors.takeChanges()) {
        topics.touch("sensorStates", sensor);
        topics.touch("sensors", sensor);
      }
    },
  };
}

const any = () => true;

function fillTopics(topics: Topics, held: () => Held): void {
  interface Wanted {
    kind?: string;
    district?: string;
    ids?: string[];
  }
  const numbers = ({ kind, district, ids }: Wanted): number[] => {
    const { sensors } = held();
    if (ids !== undefined)
      return ids
        .map((id) => {
          const slash = id.indexOf("/");
          return sensors.find(id.slice(0, slash), id.slice(slash + 1));
        })
        .filter((sensor) => sensor >= 0);
    const found: number[] = [];
    sensors.each(
      {
        ...(kind !== undefined && { kind }),
        ...(district !== undefined && { district }),
      },
      (sensor) => found.push(sensor),
    );
    return found;
  };
  const sees = (view: View) => {
    const seen = madeOf(
      () => held().sensors,
      (sensors) => sensors.seenBy(view),
    );
    return (sensor: ItemId) => seen()(Number(sensor));
  };
  topics.fill(
    "sensors",
    {
      ids: (params) => numbers(params as Wanted),
      accepts(params) {
        const wanted = params as Wanted;
        if (wanted.ids !== undefined) {
          const ids = new Set(wanted.ids);
          return (sensor) => ids.has(held().sensors.id(Number(sensor)));
        }
        const { sensors } = held();
        const { kind, district } = wanted;
        const isKind = kind === undefined ? any : sensors.kinds.among([kind]);
        const isThere =
          district === undefined ? any : sensors.districts.among([district]);
        return (sensor) =>
          isKind(sensors.kindOf[Number(sensor)]!) &&
          isThere(sensors.districtOf[Number(sensor)]!);
      },
      sees,
      item: (sensor) => held().sensors.view(Number(sensor)),
    },
    true,
  );

  topics.fill(
    "sensorStates",
    {
      ids: (params) => {
        const { kinds } = params as { kinds?: string[] };
        const { sensors } = held();
        if (kinds === undefined)
          return Array.from({ length: sensors.count }, (_, sensor) => sensor);
        return kinds.flatMap((kind) => numbers({ kind }));
      },
      accepts(params) {
        const { kinds } = params as { kinds?: string[] };
        if (kinds === undefined) return () => true;
        const { sensors } = held();
        const isWanted = sensors.kinds.among(kinds);
        return (sensor) => isWanted(sensors.kindOf[Number(sensor)]!);
      },
      sees,
      item(sensor) {
        const { sensors } = held();
        const id = Number(sensor);
        return {
          id,
          state: sensors.state(id),
          freshness: sensors.freshness(id),
        };
      },
    },
    true,
  );
}
