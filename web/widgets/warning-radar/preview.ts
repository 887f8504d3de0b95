import type { IndicatorView } from "../../../contract/indicator.ts";
import { definePreview } from "../../preview/define.ts";
import {
  chance,
  sampleCatalogue,
  sign,
  staleSign,
} from "../../preview/sample.ts";
import schema from "./schema.ts";

const random = chance(7);
const calm: IndicatorView[] = sampleCatalogue.map((row) =>
  sign(row.id, Number((random() * 90).toFixed(1)), {
    state: row.direction === "N" ? "none" : "normal",
  }),
);
function changed(states: Record<string, [number, IndicatorView["state"]]>) {
  return calm.map((view) => {
    const to = states[view.indicator];
    return to ? sign(view.indicator, to[0], { state: to[1] }) : view;
  });
}

export default definePreview(schema, {
  normal: {
    options: {},
    topics: {
      indicators: changed({
        "traf.congestionIndex": [4.3, "blue"],
        "hot.answer15s": [83, "yellow"],
      }),
    },
  },
  empty: { options: {} },
  stale: {
    options: {},
    topics: {
      indicators: calm.map((view) =>
        staleSign(view.indicator, view.value ?? 0),
      ),
    },
  },
  overlong: {
    options: {
      title: {
        zh: "城市运行生命体征全主题预警雷达（全市与七个区县合并口径）",
        en: "Vital signs of all themes, city and seven districts together",
      },
      rows: 6,
    },
    topics: {
      indicators: changed({
        "traf.keyVehicleOnline": [1_234_567.8, "red"],
        "eco.surfaceWaterGood": [71, "orange"],
      }),
    },
  },
  critical: {
    options: {},
    topics: {
      indicators: changed({
        "water.pondingDepth": [42, "red"],
        "water.pumpAvailable": [88, "orange"],
        "traf.congestionIndex": [7.4, "orange"],
        "hot.calls": [1_284, "yellow"],
        "hot.answer15s": [71, "orange"],
        "met.rain": [62.5, "orange"],
        "util.powerLoad": [92, "yellow"],
        "hlt.erWait": [44, "blue"],
      }),
    },
  },
});
