import type { Words } from "../i18n/index.ts";
import type { LayerId } from "./layer.ts";

/** Sentences of the map itself. */
export const words = {
  noWebGl: {
    zh: "此浏览器不支持 WebGL2，无法绘制地图；其余内容不受影响。",
    en: "This browser has no WebGL2, so the map cannot be drawn; all else works.",
  },
  lost: {
    zh: "显卡重置，地图正在恢复…",
    en: "The graphics card was reset; the map is coming back …",
  },
} as const satisfies Record<string, Words>;

/** Names of layers in the legend. */
export const layerNames: Readonly<Record<LayerId, Words>> = {
  districts: { zh: "区县体征", en: "Districts" },
  areas: { zh: "网格河流", en: "Grids, rivers" },
  warnings: { zh: "预警区", en: "Warnings" },
  flow: { zh: "道路运行", en: "Roads" },
  sensors: { zh: "感知点位", en: "Sensors" },
  cameras: { zh: "视频", en: "Cameras" },
  positions: { zh: "移动目标", en: "Moving" },
  incidents: { zh: "事件", en: "Incidents" },
};
