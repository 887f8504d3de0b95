import { State } from "../../../contract/level.ts";
import type { RollupBucket } from "../../../contract/reading.ts";
import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";
import type { Held } from "../../flow/held.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function sensorHandlers(
  held: () => Held,
  store: Store,
): Pick<Handlers, "sensorPoints" | "listSensors" | "seriesHistory"> {
  return {
    sensorPoints({ query }) {
      const { sensors } = held();
      const wanted =
        query.kinds === undefined ? null : new Set(query.kinds.split(","));
      const points = {
        no: [] as number[],
        kind: [] as number[],
        kinds: [...sensors.kinds.all],
        lng: [] as number[],
        lat: [] as number[],
        state: [] as number[],
      };
      for (let sensor = 0; sensor < sensors.count; sensor++) {
        const lng = sensors.lng(sensor);
        const kind = sensors.kindOf[sensor]!;
        if (Number.isNaN(lng) || !sensors.isRegistered(sensor)) continue;
        if (wanted && !wanted.has(points.kinds[kind]!)) continue;
        points.no.push(sensor);
        points.kind.push(kind);
        points.lng.push(lng);
        points.lat.push(sensors.lat(sensor));
        points.state.push(State.options.indexOf(sensors.state(sensor)));
      }
      return points;
    },

    async listSensors({ query }) {
      const { no, registered, ...filter } = query;
      if (no !== undefined) {
        const { sensors } = held();
        const items = no < sensors.count ? [sensors.view(no)] : [];
        return { items, cursor: null };
      }
      const page = await store.sensors.page({
        ...filter,
        ...(registered !== undefined && { registered: registered === "true" }),
      });
      const { sensors } = held();
      return {
        items: page.items
          .map(({ system, id }) => sensors.find(system, id))
          .filter((sensor) => sensor >= 0)
          .map((sensor) => sensors.view(sensor)),
        cursor: page.cursor,
      };
    },

    async seriesHistory({ query }) {
      const { system, sensor, metric, from, to, points } = query;
      const series = held().sensors.resolve(system, sensor, metric);
      if (series < 0)
        throw new HttpProblem(404, `${system}/${sensor} has no ${metric}`);
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
