import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { beforeAll, expect, it } from "vitest";
import type { City } from "./city/types.ts";
import { openCity } from "./city-model.ts";
import { ownFolder } from "./control.ts";
import { DEPARTMENTS } from "./departments.ts";
import { itemsOf, mean, rehearse } from "./rehearse.ts";
import type { Batch } from "./schedule.ts";

/** The storm of a calm Friday morning, minute by minute. */
const FROM = Date.parse("2026-11-20T10:00:00+08:00");
const MINUTE = 60_000;

let city: City;
let before: Batch[];
let minutes: Batch[][];
beforeAll(async () => {
  city = await openCity(42, await ownFolder(join(tmpdir(), "chengshu-models")));
  const away = ["catalogue", "air", "vehicles", "vessels", "bureaus"];
  const there = DEPARTMENTS.filter(({ id }) => !away.includes(id));
  const rehearsal = rehearse(there, { city, seed: 42, from: FROM });
  rehearsal.start();
  before = rehearsal.play(60);
  rehearsal.world.startStorm(FROM + MINUTE);
  minutes = Array.from({ length: 13 }, () => rehearsal.play(60));
  expect(rehearsal.troubles).toEqual([]);
}, 180_000);

const values = (batches: Batch[], feed: string, metric: string) =>
  itemsOf(batches, feed)
    .filter((item) => item["metric"] === metric && item["value"] !== "NA")
    .map(({ value }) => Number(value));
const speeds = (batches: Batch[]) => values(batches, "traffic-loops", "speed");
/** Arterial sections below 20 km/h, %. */
function jammed(batches: Batch[]): number {
  const arterial = new Set(
    city.sensors
      .filter(({ kind }) => kind === "trafficLoop")
      .map(({ id }) => id),
  );
  const told = itemsOf(batches, "traffic-loops").filter(
    ({ sensor, metric, value }) =>
      metric === "speed" && value !== "NA" && arterial.has(String(sensor)),
  );
  const slow = told.filter(({ value }) => Number(value) <= 20);
  return (100 * slow.length) / told.length;
}
const course = (feed: string, metric: string, of: (v: number[]) => number) =>
  minutes.map((batches) => of(values(batches, feed, metric)));
const most = (v: number[]) => Math.max(...v);
const least = (v: number[]) => Math.min(...v);

it("ponds an underpass past 25 cm, where the road is closed, and ebbs", () => {
  const depth = course("drainage", "ponding", most);
  expect(most(values(before, "drainage", "ponding"))).toBeLessThan(3);
  expect(most(depth)).toBeGreaterThan(25);
  expect(depth.at(-1)).toBeLessThan(5);
});

it("brings fifty millimetres in three hours of its own time", () => {
  const rain = course("weather-stations", "rain3h", most);
  expect(most(rain)).toBeGreaterThan(50);
  expect(most(rain)).toBeLessThan(110);
});

it("fills manholes and rivers, fails a pump, and lets them go again", () => {
  const fill = course("drainage", "fill", most);
  expect(most(fill)).toBeGreaterThan(90);
  expect(fill.at(-1)).toBeLessThan(60);
  const margin = course("hydrology-readings", "margin", least);
  expect(least(margin)).toBeLessThan(0.5);
  expect(margin.at(-1)).toBeGreaterThan(1);
  const working = course("drainage", "available", mean);
  expect(least(working)).toBeLessThan(working[0]!);
  expect(working.at(-1)).toBe(working[0]);
});

it("moves the traffic index: hardly a section is jammed before, more than 8 % at its height", () => {
  // 4 % and 8 % are the indices 2 and 4: "smooth" ends, "light congestion" ends.
  expect(jammed(before)).toBeLessThan(4);
  expect(most(minutes.map(jammed))).toBeGreaterThan(8);
  expect(jammed(minutes.at(-1)!)).toBeLessThan(4);
});

it("slows the roads and turns lights out", () => {
  const speed = minutes.map((batches) => mean(speeds(batches)));
  expect(least(speed)).toBeLessThan(0.8 * mean(speeds(before)));
  const dark = minutes.map((batches) =>
    itemsOf(batches, "power-readings")
      .filter((row) => row["量测项"] === "停电户数")
      .reduce((sum, row) => sum + Number(row["数值"]), 0),
  );
  expect(most(dark)).toBeGreaterThan(1000);
});

const documents = (batches: Batch[]) =>
  batches
    .filter(({ feed }) => feed === "weather-warnings")
    .flatMap(({ items }) => items as string[]);

it("warns in CAP from blue over yellow to orange, each naming the one before, and lifts it", () => {
  const parser = new XMLParser({ htmlEntities: true });
  const told = minutes.flatMap((batches) =>
    documents(batches).map((text) => {
      expect(XMLValidator.validate(text)).toBe(true);
      return (parser.parse(text) as { alert: Alert }).alert;
    }),
  );
  expect(told.map(({ msgType, info }) => [msgType, info.severity])).toEqual([
    ["Alert", "Minor"],
    ["Update", "Moderate"],
    ["Update", "Severe"],
    ["Update", "Minor"],
    ["Cancel", "Minor"],
  ]);
  told.slice(1).forEach(({ references }, i) => {
    const { sender, identifier, sent } = told[i]!;
    expect(references).toBe(`${sender},${identifier},${sent}`);
  });
  for (const { identifier, info } of told) {
    expect(identifier).toMatch(/^990100416\d{5}_\d{14}_\d$/);
    for (const ring of [info.area.polygon].flat()) {
      const points = ring.split(" ");
      expect(points.length).toBeGreaterThanOrEqual(4);
      expect(points.at(-1)).toBe(points[0]);
      // Latitude comes first.
      expect(Number(points[0]!.split(",")[0])).toBeLessThan(90);
    }
  }
});

it("makes people call and cameras see water", () => {
  const heard = (batches: Batch[]) =>
    itemsOf(batches, "hotline-12345").filter((call) => !("closedAt" in call));
  const peak = most(minutes.map((batches) => heard(batches).length));
  expect(peak).toBeGreaterThan(3 * Math.max(1, heard(before).length));
  const ponding = city.categories.find(({ nameZh }) => nameZh === "道路积水")!;
  const seen = minutes.flatMap((batches) =>
    itemsOf(batches, "video-ai").filter(
      ({ category }) => String(category) === ponding.code,
    ),
  );
  expect(seen.length).toBeGreaterThan(5);
});

interface Alert {
  identifier: string;
  sender: string;
  sent: string;
  msgType: string;
  references?: string;
  info: { severity: string; area: { polygon: string | string[] } };
}
