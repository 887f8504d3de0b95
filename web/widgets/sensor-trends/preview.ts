import type { Indicator } from "../../../contract/indicator.ts";
import { definePreview } from "../../preview/define.ts";
import type { Replies } from "../../preview/define.ts";
import { daily, NOW, sampleCatalogue, sensor } from "../../preview/sample.ts";
import schema from "./schema.ts";

/** The catalogue with a row that judges each bridge by itself. */
const judge: Indicator = {
  ...sampleCatalogue[0]!,
  id: "util.bridgeStress",
  theme: "桥梁",
  direction: "L",
  thresholds: { blue: 60, yellow: 75, orange: 90, red: 110 },
  precision: 1,
  scopes: ["object"],
  source: {
    from: "sensors",
    metric: "stress",
    kind: "bridge",
    system: null,
    aggregate: "max",
    window: { kind: "latest", length: 0, step: 0 },
    weightBy: null,
    percentile: null,
    where: null,
  },
};
const replies = (end: number, gap?: [number, number]): Replies => ({
  listIndicators: () => ({ items: [...sampleCatalogue, judge] }),
  seriesHistory: ({ query }) => {
    const line = daily(Number(query["from"]), Number(query["to"]), end, {
      swing: 0.25,
      ...(gap ? { gap } : {}),
    });
    const heard = line.at
      .map((at, i) => [at, line.value[i]] as const)
      .filter((p): p is readonly [number, number] => p[1] !== null);
    const value = heard.map(([, v]) => v ?? 0);
    return {
      level: "minute" as const,
      at: heard.map(([at]) => at),
      value,
      min: value,
      max: value,
    };
  },
});
const bridge = (n: number, name: string, value: number) =>
  sensor(`b${n}`, name, "bridge", value, "stress", "MPa");
const some = [
  bridge(1, "澜江大桥 3 号墩", 48.2),
  bridge(2, "北湖大桥 1 号墩", 41.7),
  bridge(3, "云台立交 A 匝道", 36.9),
];
const title = { zh: "桥梁应力", en: "Bridge stress" };

export default definePreview(schema, {
  normal: {
    options: { kind: "bridge", title },
    topics: { sensors: some },
    replies: replies(48),
  },
  empty: { options: { kind: "bridge", title } },
  stale: {
    options: { kind: "bridge", title },
    topics: {
      sensors: some.map((one) => ({
        ...one,
        freshness: "stale" as const,
        values: [{ ...one.values[0]!, at: NOW - 5 * 3_600_000 }],
      })),
    },
    replies: replies(48, [0.78, 1.1]),
  },
  overlong: {
    options: { kind: "bridge", rows: 2 },
    topics: {
      sensors: [
        bridge(1, "澜江大桥主跨第三号桥墩北侧承台应力监测点", 1_234_567.8),
        bridge(2, "北湖大桥引桥第十二跨水平位移与应力综合监测点", 9),
      ],
    },
    replies: replies(1_234_567.8),
  },
  critical: {
    options: { kind: "bridge", title },
    topics: {
      sensors: [
        { ...bridge(1, "澜江大桥 3 号墩", 96.4), state: "orange" as const },
        { ...bridge(2, "北湖大桥 1 号墩", 78.1), state: "yellow" as const },
        { ...bridge(3, "云台立交 A 匝道", 40), freshness: "lost" as const },
      ],
    },
    replies: replies(96.4, [0.4, 0.5]),
  },
});
