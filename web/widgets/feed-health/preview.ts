import { definePreview } from "../../preview/define.ts";
import { feed, NOW } from "../../preview/sample.ts";
import schema from "./schema.ts";

const names: [string, string, string][] = [
  ["air", "空气站", "Air stations"],
  ["loops", "交通线圈", "Traffic loops"],
  ["level", "水位雨量", "Water level and rain"],
  ["gas", "燃气相邻空间", "Gas"],
  ["bridge", "桥梁监测", "Bridges"],
  ["drain", "排水管网", "Drainage"],
  ["hotline", "12345 热线", "Hotline"],
  ["video", "视频 AI", "Video AI"],
  ["weather", "气象预警", "Weather warnings"],
  ["vehicles", "重点车辆", "Vehicles"],
  ["cameras", "视频目录", "Camera catalogue"],
];
const all = names.map(([id, zh, en]) => feed(id, zh, en));

export default definePreview(schema, {
  normal: { options: {}, topics: { feeds: all } },
  empty: { options: {} },
  stale: { options: {}, topics: { feeds: all }, broken: true },
  overlong: {
    options: {},
    topics: {
      feeds: Array.from({ length: 60 }, (_, i) =>
        feed(
          `feed-${i}`,
          `第 ${i} 号部门的一个名字很长很长的数据源与接口`,
          `A feed with a very long name, number ${i}`,
          {
            freshness: i % 20 === 0 ? "stale" : "live",
            rate: 12_345,
            quarantined: 98_765,
          },
        ),
      ),
    },
  },
  critical: {
    options: {},
    topics: {
      feeds: all.map((one, i) =>
        i === 3
          ? { ...one, freshness: "lost" as const, since: NOW - 1_800_000 }
          : i === 5
            ? {
                ...one,
                freshness: "stale" as const,
                since: NOW - 600_000,
                quarantined: 12,
              }
            : i === 7
              ? { ...one, freshness: "late" as const, since: NOW - 90_000 }
              : one,
      ),
    },
  },
});
