import type { Simulation, Write } from "./sensing.ts";
import { localTime } from "../world/zone.ts";

/** 供电公司: substations and distribution rooms, told as rows of a table. */

const HOUR = 3_600_000;

export const power: Record<string, Simulation> = {
  substation({ world, sensor, time, own, slow, trait }) {
    const heat = Math.abs(world.temperature(sensor.at, time) - 20) / 16;
    const shed =
      0.25 * world.storm(time).outage * world.stormShare(sensor.at, time);
    const use =
      0.3 +
      0.12 * trait() +
      0.24 * world.bustle(time) +
      0.09 * heat +
      0.02 * slow(HOUR);
    return { load: own("capacity") * (use - shed), capacity: own("capacity") };
  },

  distributionRoom({ world, sensor, time, own, slow, luck, trait }) {
    const { outage } = world.storm(time);
    const struck = outage * world.stormShare(sensor.at, time) * 0.026;
    // Each struck room goes at its own moment and comes back at its own.
    const dark = trait() < struck || luck(HOUR) < 0.000_12;
    return {
      outageUsers: dark ? own("users") : 0,
      load: dark
        ? 0
        : 34 + 26 * world.bustle(time) + 8 * trait(1) + 4 * slow(HOUR),
    };
  },
};

/** The table's words for a kind's metric. */
const WORDS: Record<string, string> = {
  "substation/load": "负荷",
  "substation/capacity": "额定容量",
  "distributionRoom/load": "负载率",
  "distributionRoom/outageUsers": "停电户数",
};

export const powerRows: Write = (sensor, values, at) =>
  values.flatMap(({ metric, value }) =>
    // The table leaves out what was not measured.
    value === "NA"
      ? []
      : [
          {
            设备编号: sensor.id,
            量测项: WORDS[`${sensor.kind}/${metric}`] ?? metric,
            时间: localTime(at),
            数值: value,
          },
        ],
  );
