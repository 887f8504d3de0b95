import { shallowRef, watch, type Ref } from "vue";
import type { CameraView } from "../../contract/camera.ts";
import { useLive } from "../live/source.ts";
import { distance, type LngLat } from "./places.ts";

export interface NearCamera {
  camera: CameraView;
  /** Metres as the crow flies. */
  away: number;
}

/** The cameras nearest to a place, asked for whenever the place changes. */
export function useNearestCameras(
  at: () => LngLat | null,
  limit: () => number,
): Readonly<Ref<readonly NearCamera[]>> {
  const live = useLive();
  const found = shallowRef<readonly NearCamera[]>([]);
  let turn = 0;
  watch(
    [() => at()?.join(), limit, live.openings],
    async () => {
      const mine = ++turn;
      const place = at();
      if (!place || limit() === 0) {
        found.value = [];
        return;
      }
      const reply = await live
        .call("listCameras", {
          query: { near: place.join(","), limit: limit() },
        })
        .catch(() => null);
      if (mine !== turn) return;
      found.value = (reply?.items ?? []).map((camera) => ({
        camera,
        away: distance(place, [camera.lng, camera.lat]),
      }));
    },
    { immediate: true },
  );
  return found;
}
