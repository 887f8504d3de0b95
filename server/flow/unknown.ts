/** Series of sensors that no catalogue names: taken in as unregistered, within caps (decisions B7). */
import type { Feed } from "../../contract/feed.ts";
import type { ReadingColumns } from "../../contract/reading.ts";
import type { Outcome } from "../feeds/sink.ts";
import type { Sensors } from "../hub/sensors.ts";
import type { SensorRow, Store } from "../store/store.ts";
import { NEW_WORDS } from "./caps.ts";
import type { Held } from "./held.ts";

export interface UnknownSeries {
  /**
   * Writes into `series`, where it holds −1, the number of a new series, as
   * far as the caps allow. Resolves when the new ones are durable.
   */
  adopt(feed: Feed, columns: ReadingColumns, series: Int32Array): Promise<void>;
  /** Why the item of a series that kept −1 is not taken. */
  refusal(feed: Feed, index: number): Outcome["rejections"][number];
}

export function createUnknownSeries(ask: {
  store: Store;
  held: Held;
  /** Series of one system that readings may bring. */
  unknownCap: number;
}): UnknownSeries {
  const { store, held, unknownCap } = ask;

  return {
    adopt(feed, columns, series) {
      const { sensors } = held;
      const { system } = feed;
      const names = namesOf(columns, series);
      const taken = withinCaps(names.values(), {
        sensors,
        room: unknownCap - sensors.undeclaredCount(system),
        words: NEW_WORDS - sensors.coinedCount(system),
      });
      const fresh = new Set(
        taken
          .map(({ sensor }) => sensor)
          .filter((sensor) => sensors.find(system, sensor) < 0),
      );
      const rows = taken.map((name) => {
        const row = sensors.add(system, name.sensor, name.metric);
        name.no = row.no;
        return row;
      });
      for (let i = 0; i < series.length; i++)
        if (series[i]! < 0) series[i] = names.get(keyAt(columns, i))!.no;
      const told: Promise<unknown>[] = [];
      if (rows.length > 0) told.push(store.series.add(rows));
      if (fresh.size > 0)
        told.push(
          store.sensors.put([...fresh].map((id) => unregistered(system, id))),
        );
      return held.applied(Promise.all(told).then(() => undefined));
    },

    refusal: ({ system }, index) => ({
      index,
      path: "/sensor",
      message: `the system ${system} brings more than ${unknownCap} series of unregistered sensors or ${NEW_WORDS} new metrics; register them first`,
    }),
  };
}

interface Name {
  sensor: string;
  metric: string;
  /** −1 until it is taken. */
  no: number;
}

const keyAt = ({ sensor, metric }: ReadingColumns, i: number) =>
  `${sensor[i]}\0${metric[i]}`;

function namesOf(
  columns: ReadingColumns,
  series: Int32Array,
): Map<string, Name> {
  const names = new Map<string, Name>();
  for (let i = 0; i < series.length; i++) {
    if (series[i]! >= 0) continue;
    const key = keyAt(columns, i);
    if (names.has(key)) continue;
    const [sensor, metric] = [columns.sensor[i]!, columns.metric[i]!];
    names.set(key, { sensor, metric, no: -1 });
  }
  return names;
}

function withinCaps(
  names: Iterable<Name>,
  { sensors, room, words }: { sensors: Sensors; room: number; words: number },
): Name[] {
  const taken: Name[] = [];
  const metrics = new Set<string>();
  for (const name of names) {
    if (taken.length >= room) break;
    if (sensors.metrics.find(name.metric) < 0) {
      if (!metrics.has(name.metric) && metrics.size >= words) continue;
      metrics.add(name.metric);
    }
    taken.push(name);
  }
  return taken;
}

function unregistered(system: string, id: string): SensorRow {
  return {
    ...{ system, id, name: id, kind: "", registered: false },
    ...{ lng: null, lat: null, metrics: [], attributes: {} },
  };
}
