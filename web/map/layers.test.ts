import type { GeoJSONSourceDiff } from "maplibre-gl";
import { expect, it } from "vitest";
import { State } from "../../contract/level.ts";
import { districts, incident, warning } from "../preview/sample.ts";
import { createArrows, FLOATS } from "./arrows.ts";
import type { CityLayer, Surface } from "./layer.ts";
import { createCameras } from "./layers/cameras.ts";
import { createDistricts } from "./layers/districts.ts";
import { createFlow, flowClass } from "./layers/flow.ts";
import { createIncidents } from "./layers/incidents.ts";
import { createSensors } from "./layers/sensors.ts";
import { createWarnings, warningPolygons } from "./layers/warnings.ts";
import { createLook } from "./look.ts";

const look = createLook(() => "#123456");

/** Stands in for the map and counts what is sent to it. */
function surface() {
  const sent = { whole: 0, features: 0, removed: 0, states: 0 };
  const last = new Map<string, unknown>();
  const source = (name: string) => ({
    setData(data: { features: unknown[] }) {
      sent.whole++;
      sent.features += data.features.length;
      last.set(name, data);
    },
    updateData(diff: GeoJSONSourceDiff) {
      sent.features += diff.add?.length ?? 0;
      sent.removed += diff.remove?.length ?? 0;
      last.set(name, diff);
    },
  });
  const map = {
    addSource: () => {},
    addLayer: () => {},
    removeLayer: () => {},
    removeSource: () => {},
    getSource: source,
    setFeatureState: () => void sent.states++,
    removeFeatureState: () => {},
    setLayoutProperty: () => {},
    setPaintProperty: () => {},
  } as unknown as Surface;
  /** What was sent since the last time this was asked. */
  function news() {
    const told = { ...sent };
    Object.assign(sent, { whole: 0, features: 0, removed: 0, states: 0 });
    return told;
  }
  return { map, news, last };
}

function drawn<L extends CityLayer<never>>(layer: L) {
  const { map, news, last } = surface();
  layer.add(map, look);
  return { layer, news, last };
}

const QUIET = { whole: 0, features: 0, removed: 0, states: 0 };

const sensorPlaces = (count: number, moved = 0) => ({
  no: Array.from({ length: count }, (_, i) => i),
  lng: Array.from({ length: count }, (_, i) => 123 + (i < moved ? 1 : 0)),
  lat: Array.from({ length: count }, () => 31),
  state: Array.from({ length: count }, () => State.options.indexOf("normal")),
});

const cameraPlaces = (count: number) => ({
  id: Array.from({ length: count }, (_, i) => `cam-${i}`),
  name: Array.from({ length: count }, () => "路口"),
  lng: Array.from({ length: count }, () => 123),
  lat: Array.from({ length: count }, () => 31),
  online: Array.from({ length: count }, () => 1),
});

it("sends 40,000 sensors once, and afterwards only their states", () => {
  const { layer, news } = drawn(createSensors());
  const places = sensorPlaces(40_000);
  layer.update({ places, states: [] });
  expect(news()).toMatchObject({ whole: 1, features: 40_000 });

  const state = { id: 7, state: "normal", freshness: "live" } as const;
  layer.update({ places, states: [state] });
  expect(news()).toEqual(QUIET);

  layer.update({ places, states: [{ ...state, freshness: "lost" }] });
  expect(news()).toEqual({ ...QUIET, states: 1 });
});

it("sends of a catalogue that is told again only who moved or left", () => {
  const { layer, news } = drawn(createSensors());
  layer.update({ places: sensorPlaces(1_000), states: [] });
  news();
  layer.update({ places: sensorPlaces(1_000, 3), states: [] });
  expect(news()).toMatchObject({ whole: 0, features: 3, removed: 0 });
  layer.update({ places: sensorPlaces(990, 3), states: [] });
  expect(news()).toMatchObject({ whole: 0, features: 0, removed: 10 });
});

it("gives an alarmed sensor its level's shape, and takes it away again", () => {
  const { layer, last } = drawn(createSensors());
  const places = sensorPlaces(10);
  const red = { id: 4, state: "red", freshness: "live" } as const;
  layer.update({ places, states: [red] });
  expect(last.get("sensors:alarmed")).toMatchObject({
    add: [{ id: 4, properties: { level: "red" } }],
  });
  layer.update({ places, states: [{ ...red, state: "normal" }] });
  expect(last.get("sensors:alarmed")).toMatchObject({ remove: [4] });
});

it("does not upload an unmoved camera again", () => {
  const { layer, news } = drawn(createCameras());
  layer.update({ places: cameraPlaces(20_000), states: [] });
  expect(news()).toMatchObject({ features: 20_000 });
  layer.update({
    places: cameraPlaces(20_000),
    states: [{ id: "cam-9", online: false }],
  });
  expect(news()).toEqual({ ...QUIET, states: 1 });
  expect(layer.code(9)).toBe("cam-9");
});

it("sends of 2,000 incidents the one that is new", () => {
  const { layer, news } = drawn(createIncidents());
  const open = Array.from({ length: 2_000 }, (_, i) => incident(i, "积水"));
  const worst = new Set<string>();
  layer.update({ incidents: open, worst });
  expect(news()).toMatchObject({ whole: 0, features: 2_000 });
  layer.update({ incidents: [...open, incident(2_000, "井盖")], worst });
  expect(news()).toMatchObject({ whole: 0, features: 1, removed: 0 });
  layer.update({ incidents: open.slice(5), worst });
  expect(news()).toMatchObject({ whole: 0, features: 0, removed: 6 });
});

it("does not draw an incident again whose status alone changed", () => {
  const { layer, news } = drawn(createIncidents());
  const one = incident(1, "积水");
  layer.update({ incidents: [one], worst: new Set() });
  news();
  layer.update({ incidents: [{ ...one, rev: 2 }], worst: new Set() });
  expect(news()).toEqual(QUIET);
});

it("takes an incident that shouts out of its cluster", () => {
  const { layer, last } = drawn(createIncidents());
  const one = incident(1, "积水", { priority: 1 });
  layer.update({ incidents: [one], worst: new Set() });
  layer.update({ incidents: [one], worst: new Set([one.id]) });
  expect(last.get("incidents")).toMatchObject({ remove: [one.id] });
  expect(last.get("incidents:worst")).toMatchObject({
    add: [{ properties: { id: one.id, priority: 1 } }],
  });
});

it("keeps names of places off every incident, whatever its shape", () => {
  const { parts } = createIncidents();
  for (const { layer } of parts!.style(look))
    expect(layer.layout, layer.id).not.toHaveProperty("icon-ignore-placement");
});

it("tints a district when its level changes, and sends its border once", () => {
  const { layer, news } = drawn(createDistricts());
  const code = districts[0]!.code;
  const states = new Map<string, State>([[code, "normal"]]);
  layer.update({ districts, states, scope: "city" });
  expect(news()).toMatchObject({ whole: 1, states: districts.length });
  states.set(code, "red");
  layer.update({ districts, states, scope: "city" });
  expect(news()).toEqual({ ...QUIET, states: 1 });
});

it("draws a warning by its shape, or by the districts that it names", () => {
  const area = { description: "", polygons: [], circles: [], geocodes: [] };
  const code = districts[2]!.code;
  const byCode = warning("暴雨", "", "orange", {
    areas: [{ ...area, geocodes: [{ name: "行政区划", value: code }] }],
  });
  expect(warningPolygons(byCode, districts)).toEqual(districts[2]!.polygons);
  const byCircle = warning("暴雨", "", "orange", {
    areas: [{ ...area, circles: [{ lng: 123, lat: 31, radius: 900 }] }],
  });
  expect(warningPolygons(byCircle, districts)[0]![0]).toHaveLength(73);
});

it("keeps warnings whose area the city cannot draw off the map", () => {
  const { layer, last } = drawn(createWarnings());
  layer.update({ warnings: [warning("大风", "", "blue")], districts });
  expect(last.get("warnings")).toMatchObject({ features: [] });
});

it("colours a road by the share of its free speed, and not at all by an old reading", () => {
  const loop = (value: number, freshness = "live") =>
    ({ values: [{ metric: "speed", value }], freshness }) as never;
  expect([70, 35, 30, 20].map((v) => flowClass(loop(v), 80))).toEqual([
    0, 1, 2, 3,
  ]);
  expect(flowClass(loop(70, "stale"), 80)).toBe(-1);
});

it("tells a loop's new speed as a state, and its road once", () => {
  const { layer, news } = drawn(createFlow());
  const roads = {
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        properties: { class: "快速路" },
        geometry: {
          type: "LineString",
          coordinates: [
            [123, 31],
            [123.02, 31],
          ],
        },
      },
    ],
  } as const;
  const loops = (value: number) =>
    [
      {
        id: "traffic/1",
        lng: 123.01,
        lat: 31,
        freshness: "live",
        values: [{ metric: "speed", value }],
      },
    ] as never;
  layer.update({ roads: roads as never, loops: loops(70) });
  expect(news()).toEqual({ ...QUIET, whole: 1, features: 1, states: 1 });
  layer.update({ roads: roads as never, loops: loops(12) });
  expect(news()).toEqual({ ...QUIET, states: 1 });
});

it("draws everything anew on a map that came back after a loss", () => {
  const layer = createSensors();
  const places = sensorPlaces(100);
  const first = drawn(layer);
  layer.update({ places, states: [] });
  layer.drop();
  layer.update({ places, states: [] });
  expect(first.news()).toMatchObject({ features: 100 });
  const second = drawn(layer);
  expect(second.news()).toMatchObject({ whole: 1, features: 100 });
});

it("touches only the slots of objects that moved", () => {
  const arrows = createArrows();
  const put = (i: number, lng: number) =>
    arrows.put({ id: `v${i}`, lng, lat: 31, heading: 90, paint: 1 });
  for (let i = 0; i < 10_000; i++) put(i, 123 + i / 1e5);
  expect(arrows.buffer.dirty).toEqual({ from: 0, to: 10_000 });
  arrows.clean();
  put(17, 123.5);
  put(19, 123.6);
  expect(arrows.buffer.dirty).toEqual({ from: 17, to: 20 });
});

it("fills the slot of an object that left with the last one", () => {
  const arrows = createArrows();
  for (const [i, id] of ["a", "b", "c"].entries())
    arrows.put({ id, lng: 123 + i, lat: 31, heading: null, paint: i });
  arrows.drop("a");
  expect(arrows.buffer.count).toBe(2);
  expect([arrows.id(0), arrows.id(1)]).toEqual(["c", "b"]);
  expect(arrows.buffer.data[3]).toBe(2);
  arrows.put({ id: "c", lng: 125, lat: 31, heading: 0, paint: 5 });
  expect(arrows.buffer.data[3]).toBe(5);
  expect(arrows.buffer.data[FLOATS + 3]).toBe(1);
});
