import type { IndicatorView } from "../../../contract/indicator.ts";
import { definePreview } from "../../preview/define.ts";
import { districts, sign, staleSign } from "../../preview/sample.ts";
import schema from "./schema.ts";

const id = "traf.congestionIndex";
const values = [6.4, 7.8, 3.1, 2.8, 3.9, 1.7, 2.2];
const states: IndicatorView["state"][] = [
  "yellow",
  "orange",
  "normal",
  "normal",
  "normal",
  "normal",
  "normal",
];
const count = (facet: "source", value: string, open: number) => ({
  id: `${facet}:${value}`,
  facet,
  value,
  open,
  today: open,
});

export default definePreview(schema, {
  normal: {
    options: { of: { indicator: id } },
    topics: {
      indicators: districts.map((d, i) =>
        sign(id, 1.2 + i * 0.3, { scope: d.code }),
      ),
    },
  },
  empty: { options: { of: { indicator: id } } },
  stale: {
    options: { of: { indicator: id } },
    topics: {
      indicators: districts.map((d, i) =>
        staleSign(id, values[i]!, 4 * 3_600_000, {
          id: `${id}@${d.code}`,
          scope: d.code,
        }),
      ),
    },
  },
  overlong: {
    options: {
      of: { incidents: "open", by: "source" },
      title: {
        zh: "在办事件按来源排行（含跨系统转办与上级交办件）",
        en: "Open incidents by source, transferred and assigned ones included",
      },
    },
    topics: {
      incidentCounts: [
        count("source", "hotline12345", 1_284_000),
        count("source", "videoAi", 318_220),
        count("source", "iotAlarm", 92_114),
        count("source", "an-unusually-long-source-code-from-elsewhere", 12),
      ],
    },
  },
  critical: {
    options: { of: { indicator: id } },
    topics: {
      indicators: districts.map((d, i) =>
        sign(id, values[i]!, { scope: d.code, state: states[i]! }),
      ),
    },
  },
});
