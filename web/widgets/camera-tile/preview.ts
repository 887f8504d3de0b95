import type { CameraView } from "../../../contract/camera.ts";
import { MINUTE } from "../../../contract/time.ts";
import { definePreview, type Replies } from "../../preview/define.ts";
import { districts, incident, NOW } from "../../preview/sample.ts";
import schema from "./schema.ts";

function camera(n: number, name: string, more: Partial<CameraView> = {}) {
  return {
    id: `99010201${String(n).padStart(12, "0")}`,
    name,
    lng: 118.6 + n / 1_000,
    lat: 31.9,
    district: districts[n % 7]!.code,
    scene: "",
    industry: "",
    shareScope: "",
    address: "",
    online: true,
    plays: "mp4",
    feed: "cameras",
    updatedAt: NOW - 2 * MINUTE,
    ...more,
  } satisfies CameraView;
}

const answer =
  (items: CameraView[]): Replies["listCameras"] =>
  () => ({ items, cursor: null });

const names = ["澜江大道东入口", "南匝道", "滨江路口", "文昌桥北"];

export default definePreview(schema, {
  normal: {
    options: { grid: 4 },
    replies: {
      listCameras: answer(
        names.map((name, i) => camera(i, name, i === 2 ? { plays: null } : {})),
      ),
    },
  },
  empty: { options: {}, replies: { listCameras: answer([]) } },
  stale: {
    options: {},
    broken: true,
    replies: { listCameras: answer([camera(1, names[1]!)]) },
    topics: {
      cameraStates: [
        { id: camera(1, "").id, online: false, at: NOW - 47 * MINUTE },
      ],
    },
  },
  overlong: {
    options: { grid: 9 },
    replies: {
      listCameras: answer(
        Array.from({ length: 9 }, (_, i) =>
          camera(i, "滨江区江澜新城街道澜江大道与东环路下穿立交南侧辅道入口", {
            address: "江澜市滨江区江澜新城街道澜江大道 1288 号对面公交站台旁",
          }),
        ),
      ),
    },
  },
  critical: {
    options: { grid: 1, followFrom: 2 },
    topics: { incidents: [incident(1, "下穿立交积水 32 cm", { priority: 1 })] },
    replies: { listCameras: answer([camera(0, names[0]!)]) },
  },
});
