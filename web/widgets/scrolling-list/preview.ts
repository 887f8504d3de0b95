import { definePreview } from "../../preview/define.ts";
import { NOW, sensor } from "../../preview/sample.ts";
import schema from "./schema.ts";

const names = [
  "澜江大桥",
  "北湖大桥",
  "滨江大道高架",
  "东岭互通 A 匝道",
  "南塘桥",
  "云台立交",
  "西畴铁路桥",
  "学府桥",
  "江湾桥",
  "解放桥",
];
const some = names.map((name, i) =>
  sensor(`b${i}`, name, "bridge", 42 + i * 3.7, "stress", "MPa"),
);
const title = { zh: "桥梁监测", en: "Bridges" };

export default definePreview(schema, {
  normal: { options: { kind: "bridge", title }, topics: { sensors: some } },
  empty: { options: { kind: "bridge", title } },
  stale: {
    options: { kind: "bridge", title },
    topics: {
      sensors: some.map((one, i) => ({
        ...one,
        freshness: i % 2 ? ("lost" as const) : ("stale" as const),
        values: [{ ...one.values[0]!, at: NOW - (i + 3) * 3_600_000 }],
      })),
    },
  },
  overlong: {
    options: {
      kind: "bridge",
      title: {
        zh: "桥墩应力、水平位移与结构病害一体化监测列表",
        en: "Piers: stress, displacement and defects, joint monitoring list",
      },
    },
    topics: {
      sensors: some.map((one) => ({
        ...one,
        name: `${one.name}主跨第三号桥墩应力监测点（北侧承台）`,
        values: [{ ...one.values[0]!, value: 1_234_567.89 }],
      })),
    },
  },
  critical: {
    options: { kind: "bridge", title },
    topics: {
      sensors: some.map((one, i) =>
        i < 3
          ? { ...one, state: (["red", "orange", "blue"] as const)[i]! }
          : i === 5
            ? { ...one, freshness: "lost" as const }
            : one,
      ),
    },
  },
});
