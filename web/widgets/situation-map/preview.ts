import type { SensorView } from "../../../contract/sensor.ts";
import { State } from "../../../contract/level.ts";
import { definePreview, type Replies } from "../../preview/define.ts";
import {
  chance,
  districts,
  incident,
  sampleCity,
  sign,
  staleSign,
  warning,
} from "../../preview/sample.ts";
import schema from "./schema.ts";

const [LNG, LAT] = sampleCity.city.center;
const INDICATOR = "water.pondingDepth";

/** Points around the middle of the sample city. */
function spread(count: number, seed: number) {
  const random = chance(seed);
  return Array.from({ length: count }, () => ({
    lng: LNG + (random() - 0.5) * 0.4,
    lat: LAT + (random() - 0.5) * 0.36,
    roll: random(),
  }));
}

const stateNo = (state: SensorView["state"]) => State.options.indexOf(state);

function points(worse: number): Replies["sensorPoints"] {
  const all = spread(1_200, 3);
  return () => ({
    no: all.map((_, i) => i),
    kind: all.map(() => 0),
    kinds: ["waterLevel"],
    lng: all.map((p) => p.lng),
    lat: all.map((p) => p.lat),
    state: all.map((p) =>
      stateNo(p.roll < worse ? "orange" : p.roll < 0.03 ? "stale" : "normal"),
    ),
  });
}

const cameras: Replies = {
  cameraPoints: () => ({ id: [], name: [], lng: [], lat: [], online: [] }),
  listCameras: () => ({ items: [], cursor: null }),
};

const titles = ["道路积水", "井盖缺失", "路灯不亮", "占道经营", "树木倒伏"];
const open = (count: number) =>
  spread(count, 11).map(({ lng, lat, roll }, i) =>
    incident(i, titles[i % titles.length]!, {
      lng,
      lat,
      priority: roll < 0.06 ? null : roll < 0.2 ? 3 : 4,
    }),
  );

const storm = warning("暴雨", "江澜市气象台发布暴雨橙色预警", "orange", {
  areas: [
    {
      description: "滨江区",
      polygons: [],
      circles: [{ lng: LNG + 0.14, lat: LAT - 0.06, radius: 11_000 }],
      geocodes: [],
    },
  ],
});

const vehicles = (count: number) =>
  spread(count, 5).map(({ lng, lat, roll }, i) => ({
    id: `fleet/澜A${10_000 + i}`,
    kind: roll < 0.7 ? "bus" : "hazmat",
    lng,
    lat,
    speed: 30,
    heading: roll * 360,
    at: 0,
    alarms: [],
  }));

export default definePreview(schema, {
  normal: {
    options: { indicator: INDICATOR },
    topics: {
      incidents: open(60),
      positions: vehicles(120),
      indicators: districts.map(({ code }, i) =>
        sign(INDICATOR, 3, { scope: code, state: i === 5 ? "blue" : "normal" }),
      ),
    },
    replies: { ...cameras, sensorPoints: points(0) },
  },
  empty: {
    options: {},
    replies: { ...cameras, sensorPoints: points(0) },
  },
  stale: {
    options: { indicator: INDICATOR },
    broken: true,
    topics: {
      incidents: open(60),
      indicators: districts.map(({ code }) =>
        staleSign(INDICATOR, 3, undefined, { scope: code }),
      ),
    },
    replies: { ...cameras, sensorPoints: points(0) },
  },
  overlong: {
    options: { indicator: INDICATOR },
    topics: {
      incidents: [
        ...open(60),
        incident(
          900,
          "澜江大道与东环路下穿立交南侧辅道积水已达三十二厘米且仍在上涨",
          {
            priority: 2,
            lng: LNG,
            lat: LAT,
            address:
              "江澜市滨江区江澜新城街道澜江大道 1288 号对面公交站台往东约二百米",
          },
        ),
      ],
    },
    replies: { ...cameras, sensorPoints: points(0) },
  },
  critical: {
    options: { indicator: INDICATOR },
    topics: {
      incidents: [
        ...open(400),
        incident(901, "下穿立交积水 42 cm", {
          priority: 1,
          lng: LNG + 0.12,
          lat: LAT - 0.04,
          address: "澜江大道与东环路下穿",
        }),
        incident(902, "雨水泵站 2 号机停机", {
          priority: 1,
          lng: LNG + 0.17,
          lat: LAT - 0.09,
        }),
      ],
      positions: vehicles(300),
      warnings: [storm],
      indicators: districts.map(({ code }, i) =>
        sign(INDICATOR, 42, {
          scope: code,
          state: (["yellow", "red", "normal", "blue"] as const)[i % 4]!,
        }),
      ),
    },
    replies: { ...cameras, sensorPoints: points(0.02) },
  },
});
