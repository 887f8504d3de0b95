/** Brings topics and doors to the map's layers. Nothing is asked for that is not shown. */
import type { GeoJSON } from "geojson";
import { computed, shallowRef, toRaw, watch, type ShallowRef } from "vue";
import type { District } from "../../../contract/city.ts";
import type { Priority, State } from "../../../contract/level.ts";
import type { DoorName } from "../../../contract/api.ts";
import type { TopicName } from "../../../contract/topic.ts";
import { useCity } from "../../live/city.ts";
import { useScope } from "../../live/scope.ts";
import type { Ask, Reply } from "../../live/call.ts";
import { useLive, type Item, type Params } from "../../live/source.ts";
import { stateOf } from "../../live/indicator.ts";
import { useTopic, type LiveTopic } from "../../live/topic.ts";
import { useBasemap } from "../../map/basemap.ts";
import type { CityLayer, LayerId } from "../../map/layer.ts";
import { createLayers } from "../../map/layers/index.ts";
import type { OptionsOf } from "../define.ts";
import type schema from "./schema.ts";
import { worstIncidents, type PlacedIncident } from "./worst.ts";

type Options = OptionsOf<typeof schema>;

/** The hub tells no more open incidents than these at once. */
export const MOST_INCIDENTS = 2_000;
/** As many kinds of loops as the options may name. */
const MOST_LOOP_KINDS = 4;
/** Ms before a door that failed is asked again. */
const AGAIN = 5_000;

/** Calls `then` with a topic's items at every change, without making each item reactive. */
function onItems<I>(topic: LiveTopic<I>, then: (items: Iterable<I>) => void) {
  watch(
    () => {
      // Depends on the set and every entry; the walk itself is over the plain map.
      topic.items.values();
      return {};
    },
    () => then(toRaw(topic.items).values()),
    { immediate: true },
  );
}

export function useMapPicture(options: () => Options) {
  const live = useLive();
  const { districts: told, basemap } = useCity();
  const { scope, district } = useScope();

  const has = (layer: LayerId) => options().layers.includes(layer);
  const hidden = shallowRef<ReadonlySet<LayerId>>(new Set(options().hidden));
  const shown = (layer: LayerId) => has(layer) && !hidden.value.has(layer);
  const layers = {
    districts: createLayers.districts(),
    areas: createLayers.areas(),
    warnings: createLayers.warnings(),
    flow: createLayers.flow(),
    sensors: createLayers.sensors(),
    cameras: createLayers.cameras(),
    positions: createLayers.positions(),
    incidents: createLayers.incidents(),
  };
  const drawn = Object.values(layers).filter((layer) =>
    has(layer.id),
  ) as unknown as CityLayer<never>[];
  watch(
    hidden,
    (off) => {
      for (const layer of drawn) layer.show(!off.has(layer.id));
    },
    { immediate: true },
  );

  /** A topic that is followed only while its layer is shown. */
  const follow = <N extends TopicName>(
    layer: LayerId,
    topic: N,
    params: () => Params<N>,
  ): LiveTopic<Item<N>> =>
    useTopic(topic, () => (shown(layer) ? params() : null));

  /** A door's columns, asked for when first shown and anew with every connection. */
  function columns<N extends DoorName>(
    layer: LayerId,
    door: N,
    ask: () => Ask<N>,
  ): Readonly<ShallowRef<Reply<N> | null>> {
    const answer: ShallowRef<Reply<N> | null> = shallowRef(null);
    let turn = 0;
    async function fetchAll(mine: number): Promise<void> {
      try {
        const reply = await live.call(door, ask());
        if (mine === turn) answer.value = reply;
      } catch {
        setTimeout(() => mine === turn && void fetchAll(mine), AGAIN);
      }
    }
    watch(
      [live.openings, () => shown(layer), () => JSON.stringify(ask())],
      () => {
        turn++;
        if (shown(layer)) void fetchAll(turn);
      },
      { immediate: true },
    );
    return answer;
  }

  // A hub that started anew tells the same districts again: keep what is drawn.
  const districts = computed<readonly District[]>((before) =>
    before && JSON.stringify(before) === JSON.stringify(told.value)
      ? before
      : told.value,
  );

  const signs = follow("districts", "indicators", () => ({
    scope: "*",
    ids: options().indicator ? [options().indicator!] : [],
  }));
  const states = computed<ReadonlyMap<string, State>>(
    () => new Map([...signs.items.values()].map((v) => [v.scope, stateOf(v)])),
  );
  watch(
    [districts, states, scope],
    () =>
      layers.districts.update({
        districts: districts.value,
        states: states.value,
        scope: scope.value,
      }),
    { immediate: true },
  );

  const areas = columns("areas", "listAreas", () => ({}));
  watch(areas, (told) => layers.areas.update(told?.items ?? []));

  const warnings = follow("warnings", "warnings", () => ({}));
  const inForce = computed(() => [...warnings.items.values()]);
  watch(
    [districts, inForce],
    () =>
      layers.warnings.update({
        warnings: inForce.value,
        districts: districts.value,
      }),
    { immediate: true },
  );

  const load = useBasemap();
  const roads = shallowRef<GeoJSON | null>(null);
  watch(
    () => shown("flow") && basemap.value.includes("roads"),
    async (wanted) => {
      if (wanted) roads.value = await load("roads").catch(() => null);
    },
    { immediate: true },
  );
  const loops = Array.from({ length: MOST_LOOP_KINDS }, (_, i) =>
    useTopic("sensors", () => {
      const kind = options().loopKinds[i];
      return kind !== undefined && roads.value && shown("flow")
        ? { kind, district: district.value }
        : null;
    }),
  );
  const tellFlow = () =>
    layers.flow.update({
      roads: roads.value,
      loops: loops.flatMap(({ items }) => [...toRaw(items).values()]),
    });
  for (const topic of loops) onItems(topic, tellFlow);
  watch(roads, tellFlow);

  const kinds = () => options().sensorKinds;
  const sensorPlaces = columns("sensors", "sensorPoints", () => ({
    query: { kinds: kinds()?.join(",") },
  }));
  const sensorStates = follow("sensors", "sensorStates", () => ({
    kinds: kinds(),
  }));
  const tellSensors = () =>
    layers.sensors.update({
      places: sensorPlaces.value,
      states: toRaw(sensorStates.items).values(),
    });
  onItems(sensorStates, tellSensors);
  watch(sensorPlaces, tellSensors);

  const cameraPlaces = columns("cameras", "cameraPoints", () => ({}));
  const cameraStates = follow("cameras", "cameraStates", () => ({}));
  const tellCameras = () =>
    layers.cameras.update({
      places: cameraPlaces.value,
      states: toRaw(cameraStates.items).values(),
    });
  onItems(cameraStates, tellCameras);
  watch(cameraPlaces, tellCameras);

  const positions = follow("positions", "positions", () => ({}));
  const movingKinds = shallowRef<readonly (readonly [string, number])[]>([]);
  onItems(positions, (items) => {
    layers.positions.update(items);
    const counted = [...layers.positions.kinds()].sort(
      ([a, n], [b, m]) => m - n || (a < b ? -1 : 1),
    );
    // Objects move every second, and seldom come or go.
    if (String(counted) !== String(movingKinds.value))
      movingKinds.value = counted;
  });

  const incidents = follow("incidents", "incidents", () => ({
    district: district.value,
    limit: MOST_INCIDENTS,
  }));
  const worst = shallowRef<readonly PlacedIncident[]>([]);
  const worstPriority = shallowRef<Priority | null>(null);
  onItems(incidents, (items) => {
    const all = [...items];
    worst.value = worstIncidents(all, options().shoutFrom);
    const least = Math.min(...all.map(({ priority }) => priority ?? Infinity));
    worstPriority.value = Number.isFinite(least) ? least : null;
    layers.incidents.update({
      incidents: all,
      worst: new Set(worst.value.map(({ id }) => id)),
    });
  });
  const counts = follow("incidents", "incidentCounts", () => ({
    district: district.value,
  }));

  return {
    drawn,
    layers,
    hidden,
    worst,
    worstPriority,
    /** Kinds of moving objects and how many of each there are, most first. */
    movingKinds,
    /** By code, once the layer was shown. */
    areas: computed(
      () => new Map(areas.value?.items.map((area) => [area.code, area])),
    ),
    topics: { incidents, sensorStates, positions, warnings },
    /** How many of each there are; null where that says nothing. */
    counts: computed<Record<LayerId, number | null>>(() => ({
      districts: null,
      areas: null,
      warnings: inForce.value.length,
      flow: null,
      sensors: sensorPlaces.value?.no.length ?? null,
      cameras: cameraPlaces.value?.id.length ?? null,
      positions: positions.items.size,
      incidents:
        [...counts.items.values()].find(({ facet }) => facet === "total")
          ?.open ?? incidents.items.size,
    })),
    worstLevel: computed(() => inForce.value[0]?.level ?? null),
    toggle(layer: LayerId) {
      const next = new Set(hidden.value);
      if (!next.delete(layer)) next.add(layer);
      hidden.value = next;
    },
  };
}
