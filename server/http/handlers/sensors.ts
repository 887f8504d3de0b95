import { State } from "../../../contract/level.ts";
import type { RollupBucket } from "../../../contract/reading.ts";
import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";
import type { Held } from "../../flow/held.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { hidden } from "../hidden.ts";
import { HttpProblem } from "../problem.ts";

export function sensorHandlers(
  held: () => Held,
  store: Store,
): Pick<Handlers, "sensorPoints" | "listSensors" | "seriesHistory"> {
  return {
    sensorPoints({ query, who }) {
      const { sensors } = held();
      const isWanted =
        query.kinds === undefined
          ? () => true
          : sensors.kinds.among(query.kinds.split(","));
      const isSeen = sensors.seenBy(who.view);
      /** Only the kinds of those that are seen are told: by the hub's number, its number here. */
      const told: number[] = [];
      const points = {
        no: [] as number[],
        kind: [] as number[],
        kinds: [] as string[],
        lng: [] as number[],
        lat: [] as number[],
        state: [] as number[],
      };
      for (let sensor = 0; sensor < sensors.count; sensor++) {
        const lng = sensors.lng(sensor);
        const kind = sensors.kindOf[sensor]!;
        if (Number.isNaN(lng) || !sensors.isRegistered(sensor)) continue;
        if (!isWanted(kind) || !isSeen(sensor)) continue;
        points.no.push(sensor);
        told[kind] ??= points.kinds.push(sensors.kinds.all[kind]!) - 1;
        points.kind.push(told[kind]);
        points.lng.push(lng);
        points.lat.push(sensors.lat(sensor));
        points.state.push(State.options.indexOf(sensors.state(sensor)));
      }
      return points;
    },

    async listSensors({ query, who }) {
      const { no, registered, ...filter } = query;
      if (no !== undefined) {
        const { sensors } = held();
        const isSeen = no < sensors.count && sensors.seenBy(who.view)(no);
        return { items: isSeen ? [sensors.view(no)] : [], cursor: null };
      }
      const { departments, districts } = who.view;
      const page = await store.sensors.page({
        ...filter,
        systems: departments && held().sensors.systemsOf(departments),
        districts,
        ...(registered !== undefined && { registered: registered === "true" }),
      });
      const { sensors } = held();
      // What moved while the store was asked is no longer theirs to see.
      const isSeen = sensors.seenBy(who.view);
      return {
        items: page.items
          .map(({ system, id }) => sensors.find(system, id))
          .filter((sensor) => sensor >= 0 && isSeen(sensor))
          .map((sensor) => sensors.view(sensor)),
        cursor: page.cursor,
      };
    },

    async seriesHistory({ query, who }) {
      const { system, sensor, metric, from, to, points } = query;
      const { sensors } = held();
      const series = sensors.resolve(system, sensor, metric);
      const unknown = `${system}/${sensor} has no ${metric}`;
      if (series < 0) throw new HttpProblem(404, unknown);
      if (!sensors.seenBy(who.view)(sensors.sensorOf[series]!))
        throw hidden(unknown, `sensor/${system}/${sensor}`);
      const level = levelFor(from, to, points);
      if (level !== "raw") {
        const buckets = await store.readings.rollup(series, level, from, to);
        return { level, ...columnsOf(thinned(buckets, from, to, points)) };
      }
      const rows = await store.readings.range(Int32Array.of(series), from, to);
      const single = Array.from({ length: rows.count }, (_, i) => {
        const value = rows.value[i]!;
        const at = rows.at[i]!;
        return {
          at,
          count: 1,
          sum: value,
          min: value,
          max: value,
          last: value,
        };
      });
      return { level, ...columnsOf(thinned(single, from, to, points)) };
    },
  };
}

/** The finest roll-up that does not give many times more buckets than asked for. */
function levelFor(
  from: number,
  to: number,
  points: number,
): "raw" | "minute" | "hour" | "day" {
  const each = (to - from) / points;
  if (each < MINUTE && to - from <= DAY) return "raw";
  if (each < HOUR) return "minute";
  return each < DAY ? "hour" : "day";
}

/** Joins buckets so that at most `points` remain; extremes survive. */
function thinned(
  buckets: RollupBucket[],
  from: number,
  to: number,
  points: number,
): RollupBucket[] {
  if (buckets.length <= points) return buckets;
  const width = (to - from) / points;
  const joined: RollupBucket[] = [];
  let slot = -1;
  for (const bucket of buckets) {
    const own = Math.floor((bucket.at - from) / width);
    const last = joined.at(-1);
    if (own !== slot || !last) {
      slot = own;
      joined.push({ ...bucket });
      continue;
    }
    last.count += bucket.count;
    last.sum += bucket.sum;
    last.min = Math.min(last.min, bucket.min);
    last.max = Math.max(last.max, bucket.max);
    last.last = bucket.last;
  }
  return joined;
}

const columnsOf = (buckets: RollupBucket[]) => ({
  at: buckets.map(({ at }) => at),
  value: buckets.map(({ sum, count }) => sum / count),
  min: buckets.map(({ min }) => min),
  max: buckets.map(({ max }) => max),
});
