/** Which cameras a tile shows, and whether they are online now. */
import { computed, shallowRef, watch } from "vue";
import type { CameraView } from "../../../contract/camera.ts";
import type { Incident } from "../../../contract/incident.ts";
import { useScope } from "../../live/scope.ts";
import { useLive } from "../../live/source.ts";
import { useTopic } from "../../live/topic.ts";
import type { OptionsOf } from "../define.ts";
import type schema from "./schema.ts";

type Options = OptionsOf<typeof schema>;

export interface Pane {
  /** Code that was asked for, even where the hub knows no such camera. */
  id: string;
  camera: CameraView | null;
  online: boolean;
  /** When the state was heard, epoch ms; null without a record. */
  at: number | null;
}

/** Ms before a failed question is asked again. */
const AGAIN = 5_000;

/** The worst, newest open incident with a place, of priority `from` or worse. Pure. */
export function worstPlaced(
  incidents: Iterable<Incident>,
  from: number,
): Incident | null {
  let worst: Incident | null = null;
  for (const incident of incidents) {
    const { priority, lng, lat, historic } = incident;
    if (priority === null || priority > from || historic) continue;
    if (lng === null || lat === null) continue;
    const before = worst?.priority ?? Infinity;
    if (
      priority < before ||
      (priority === before && incident.reportedAt > worst!.reportedAt)
    )
      worst = incident;
  }
  return worst;
}

export function useCameras(options: () => Options) {
  const live = useLive();
  const { district } = useScope();
  const incidents = useTopic("incidents", () =>
    options().followFrom > 0 ? { district: district.value } : null,
  );
  const incident = computed(() =>
    worstPlaced(incidents.items.values(), options().followFrom),
  );
  const query = computed(() => {
    const { cameras, grid } = options();
    const place = incident.value;
    if (place) return { near: `${place.lng},${place.lat}`, limit: grid };
    if (cameras.length > 0)
      return { ids: cameras.slice(0, grid).join(","), limit: grid };
    return { district: district.value, limit: grid };
  });

  const found = shallowRef<readonly CameraView[] | null>(null);
  const problem = shallowRef<string | null>(null);
  let turn = 0;
  async function ask(mine: number): Promise<void> {
    try {
      const { items } = await live.call("listCameras", { query: query.value });
      if (mine !== turn) return;
      found.value = items;
      problem.value = null;
    } catch (cause) {
      if (mine !== turn) return;
      problem.value = cause instanceof Error ? cause.message : String(cause);
      setTimeout(() => mine === turn && void ask(mine), AGAIN);
    }
  }
  watch(
    [() => JSON.stringify(query.value), live.openings],
    () => void ask(++turn),
    { immediate: true },
  );

  const ids = computed<readonly string[]>(() => {
    const here = found.value?.map(({ id }) => id) ?? [];
    const named = options().cameras.slice(0, options().grid);
    return incident.value || named.length === 0 ? here : named;
  });
  const states = useTopic("cameraStates", () =>
    ids.value.length > 0 ? { ids: [...ids.value] } : null,
  );

  const panes = computed<Pane[]>(() => {
    const byId = new Map(found.value?.map((camera) => [camera.id, camera]));
    return ids.value.map((id) => {
      const camera = byId.get(id) ?? null;
      const state = states.items.get(id);
      return {
        id,
        camera,
        online: state?.online ?? camera?.online ?? false,
        at: state?.at ?? camera?.updatedAt ?? null,
      };
    });
  });
  return {
    panes,
    incident,
    problem,
    asked: computed(() => found.value !== null),
    states,
  };
}
