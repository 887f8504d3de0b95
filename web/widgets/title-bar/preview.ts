import { definePreview } from "../../preview/define.ts";
import {
  feed,
  NOW,
  sampleCity,
  sign,
  staleSign,
  warning,
} from "../../preview/sample.ts";
import { HOUR } from "../../../contract/time.ts";
import schema from "./schema.ts";

const feeds = [
  feed("air", "空气站", "Air stations"),
  feed("loops", "交通线圈", "Traffic loops"),
  feed("water", "水位雨量", "Water and rain"),
  feed("gas", "燃气监测", "Gas"),
];
const weather = [
  sign("met.rain", 0),
  sign("met.windForce", 3),
  sign("met.tempMax", 14.2),
];
const calm = { getCity: () => ({ ...sampleCity, demo: false }) };

export default definePreview(schema, {
  normal: { options: {}, topics: { feeds, indicators: weather } },
  empty: { options: {}, replies: calm },
  stale: {
    options: {},
    broken: true,
    topics: {
      feeds,
      indicators: [staleSign("met.tempMax", 14.2), sign("met.windForce", 3)],
    },
  },
  overlong: {
    options: {
      title: {
        zh: "{city}城市运行管理中心生命线与生态环境综合监测",
        en: "{city} operations centre: lifelines and environment, joint monitoring",
      },
    },
    topics: {
      indicators: weather,
      feeds: feeds.map((one) => ({ ...one, sourceTime: NOW - 9000 * HOUR })),
    },
  },
  critical: {
    options: {},
    replies: calm,
    topics: {
      indicators: [
        sign("met.rain", 62.5),
        sign("met.windForce", 7),
        sign("met.tempMax", 11),
      ],
      feeds: [
        ...feeds,
        feed("hotline", "热线", "Hotline", { freshness: "lost" }),
      ],
      warnings: [
        warning("暴雨", "江澜市气象台发布暴雨橙色预警", "orange"),
        warning("雷电", "江澜市气象台发布雷电黄色预警", "yellow"),
      ],
    },
  },
});
