import { definePreview } from "../../preview/define.ts";
import { sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const beside = ["traf.arterialSpeed", "traf.parkingFree", "traf.metroMaxLoad"];

export default definePreview(schema, {
  normal: {
    options: { indicator: "traf.congestionIndex", beside },
    topics: {
      indicators: [
        sign("traf.congestionIndex", 2.4, { dayAgo: 2.9 }),
        sign("traf.arterialSpeed", 38.2),
        sign("traf.parkingFree", 31.5),
        sign("traf.metroMaxLoad", 64),
      ],
    },
  },
  empty: { options: { indicator: "traf.congestionIndex", beside } },
  stale: {
    options: { indicator: "traf.congestionIndex", beside },
    topics: {
      indicators: [
        staleSign("traf.congestionIndex", 5.1),
        staleSign("traf.arterialSpeed", 22.4),
      ],
    },
  },
  overlong: {
    options: {
      indicator: "util.outageUsers",
      beside: ["util.powerLoad", "traf.keyVehicleOnline"],
      title: {
        zh: "全市停电用户数与电网负荷率联合监测仪表（演练口径）",
        en: "Users without power and grid load, joint dial, drill figures",
      },
    },
    topics: {
      indicators: [
        sign("util.outageUsers", 8_412_345, { state: "red", dayAgo: 3_120 }),
        sign("util.powerLoad", 91.4, { state: "yellow" }),
        sign("traf.keyVehicleOnline", 99.2),
      ],
    },
  },
  critical: {
    options: { indicator: "traf.congestionIndex", beside },
    topics: {
      indicators: [
        sign("traf.congestionIndex", 8.6, { state: "red", dayAgo: 5.2 }),
        sign("traf.arterialSpeed", 11.2, { state: "orange" }),
        sign("traf.parkingFree", 4.1, { state: "orange" }),
        sign("traf.metroMaxLoad", 112, { state: "orange" }),
      ],
    },
  },
});
