import { definePreview } from "../../preview/define.ts";
import { sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const three = [
  { indicator: "city.iotOnlineRate", name: { zh: "物联在线", en: "IoT" } },
  { indicator: "psec.camOnline", name: { zh: "视频在线", en: "Cameras" } },
  { indicator: "city.feedFreshRate", name: { zh: "按时到达", en: "Feeds" } },
];
const title = { zh: "感知在线", en: "Sensing online" };

export default definePreview(schema, {
  normal: {
    options: { rings: three, title },
    topics: {
      indicators: [
        sign("city.iotOnlineRate", 98.6, { dayAgo: 98.4 }),
        sign("psec.camOnline", 99.1, { dayAgo: 99.1 }),
        sign("city.feedFreshRate", 99.2, { dayAgo: 98.8 }),
      ],
    },
  },
  empty: { options: { rings: three, title } },
  stale: {
    options: { rings: three, title },
    topics: {
      indicators: [
        staleSign("city.iotOnlineRate", 98.6),
        staleSign("psec.camOnline", 99.1),
        sign("city.feedFreshRate", 84, { state: "orange" }),
      ],
    },
  },
  overlong: {
    options: {
      rings: [
        { indicator: "eco.surfaceWaterGood" },
        { indicator: "traf.keyVehicleOnline" },
        { indicator: "city.onTimeCloseRate" },
        { indicator: "traf.metroMaxLoad" },
      ],
      title: {
        zh: "地表水优良断面、重点车辆在线、按期办结与轨道满载",
        en: "Surface water, key vehicles, on-time closing and metro load",
      },
    },
    topics: {
      indicators: [
        sign("eco.surfaceWaterGood", 91.4),
        sign("traf.keyVehicleOnline", 99.2),
        sign("city.onTimeCloseRate", 96.1),
        sign("traf.metroMaxLoad", 112.4, { state: "orange" }),
      ],
    },
  },
  critical: {
    options: { rings: [{ indicator: "city.healthIndex" }] },
    topics: {
      indicators: [
        sign("city.healthIndex", 58.2, { state: "orange", dayAgo: 86 }),
      ],
    },
  },
});
