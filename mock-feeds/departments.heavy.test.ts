import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { Camera } from "../contract/camera.ts";
import { IncidentReport } from "../contract/incident.ts";
import { SystemReport } from "../contract/system-report.ts";
import { readAlgorithms } from "../server/city/algorithms.ts";
import { sightingFlaw } from "../server/hub/incidents/sighting.ts";
import { packFiles } from "./city/pack.ts";
import { IndicatorValue } from "../contract/indicator.ts";
import { Position } from "../contract/position.ts";
import { MISSING, Reading } from "../contract/reading.ts";
import { Sensor } from "../contract/sensor.ts";
import { insideRing } from "./city/plane.ts";
import type { City, Metric } from "./city/types.ts";
import { openCity } from "./city-model.ts";
import { ownFolder } from "./control.ts";
import { DEPARTMENTS } from "./departments.ts";
import { itemsOf, mean, rehearse, type Item } from "./rehearse.ts";
import type { Batch } from "./schedule.ts";

/** A Friday. */
const FRIDAY = "2026-11-20";
const SUNDAY = "2026-11-22";
const at = (day: string, time: string) => Date.parse(`${day}T${time}:00+08:00`);

let city: City;
let start: Batch[];
let minute: Batch[];
beforeAll(async () => {
  city = await openCity(42, await ownFolder(join(tmpdir(), "chengshu-models")));
  const rehearsal = play(all(), at(FRIDAY, "10:00"));
  start = rehearsal.start();
  minute = rehearsal.play(60);
  expect(rehearsal.troubles).toEqual([]);
}, 180_000);

const all = () => DEPARTMENTS.map(({ id }) => id);
const play = (ids: string[], from: number, seed = 42) =>
  rehearse(
    DEPARTMENTS.filter(({ id }) => ids.includes(id)),
    { city, seed, from },
  );

/** The first item of these feeds that the contract would refuse, and why. */
function refused(shape: z.ZodType, feeds: string[], batches: Batch[]) {
  for (const feed of feeds)
    for (const item of itemsOf(batches, feed)) {
      const { error } = shape.safeParse(item);
      if (error) return { feed, item, issue: error.issues[0] };
    }
  return null;
}

const feedsOf = (format: string) =>
  city.feeds
    .filter((feed) => feed.format === format && feed.mapping === null)
    .map(({ id }) => id);

const speeds = (batches: Batch[]) =>
  itemsOf(batches, "traffic-loops")
    .filter(({ metric, value }) => metric === "speed" && value !== "NA")
    .map(({ value }) => Number(value));

describe("what departments send", () => {
  it("is heard from every feed of the city's pack at the start", () => {
    const silent = city.feeds.filter(
      ({ id, format }) =>
        // A day without a warning is a good day.
        format !== "cap/1.2" && itemsOf(start, id).length === 0,
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it("names every sensor of the city in its system's catalogue", () => {
    expect(refused(Sensor, feedsOf("sensors/1"), start)).toBeNull();
    const named = city.feeds
      .filter(({ format }) => format === "sensors/1")
      .flatMap(({ id, system }) =>
        itemsOf(start, id).map((item) => `${system}/${String(item["id"])}`),
      );
    expect(new Set(named)).toEqual(
      new Set(city.sensors.map(({ system, id }) => `${system}/${id}`)),
    );
  });

  it("gives places of a GCJ-02 feed in GCJ-02", () => {
    const [lot] = itemsOf(start, "parking-catalogue");
    const real = city.sensors.find(({ id }) => id === lot!["id"])!;
    const off = Math.abs(Number(lot!["lng"]) - real.at[0]) * 95_000;
    expect(off).toBeGreaterThan(50);
    expect(off).toBeLessThan(1000);
  });

  it("is readings that the contract takes, or says NA", () => {
    const feeds = feedsOf("readings/1");
    const readings = feeds.flatMap((feed) => itemsOf(start, feed));
    const missing = readings.filter(({ value }) => value === "NA");
    expect(MISSING.has("NA")).toBe(true);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.length / readings.length).toBeLessThan(0.01);
    const valued = readings.filter(({ value }) => value !== "NA");
    expect(
      refused(Reading, ["any"], [{ feed: "any", items: valued }]),
    ).toBeNull();
  });

  it("shows almost every sensor's every metric at the start; a few are silent", () => {
    const told = new Map<string, Set<string>>();
    for (const feed of feedsOf("readings/1"))
      for (const { sensor, metric } of itemsOf(start, feed)) {
        const key = `${feed}/${String(sensor)}`;
        told.set(key, (told.get(key) ?? new Set()).add(String(metric)));
      }
    const readable = new Set(feedsOf("readings/1"));
    const expected = city.sensors.filter(({ feed }) => readable.has(feed));
    const whole = expected.filter(
      ({ feed, id, metrics }) =>
        told.get(`${feed}/${id}`)?.size === metrics.length,
    );
    expect(whole.length / expected.length).toBeGreaterThan(0.98);
    expect(whole.length).toBeLessThan(expected.length);
  });

  it("stays within the range of each metric", () => {
    const ranges = new Map(
      city.sensors.flatMap(({ feed, id, metrics }) =>
        metrics.map((m): [string, Metric] => [`${feed}/${id}/${m.metric}`, m]),
      ),
    );
    const outside = feedsOf("readings/1").flatMap((feed) =>
      itemsOf(start, feed).filter(({ sensor, metric, value }) => {
        const key = `${feed}/${String(sensor)}/${String(metric)}`;
        const { min, max } = ranges.get(key)!;
        const within = Number(value) >= min && Number(value) <= max;
        return value !== "NA" && !within;
      }),
    );
    expect(outside).toEqual([]);
  });

  it("alarms at no station of the environment on an ordinary morning", () => {
    const alarming = city.indicators.filter(
      ({ theme, opensIncident }) => theme === "生态环境" && opensIncident,
    );
    expect(alarming).toHaveLength(6);
    const kindOf = new Map(city.sensors.map(({ id, kind }) => [id, kind]));
    const told = ["air-stations", "eco-readings"].flatMap((feed) =>
      itemsOf([...start, ...minute], feed).filter(
        ({ value }) => value !== "NA",
      ),
    );
    for (const { id, kind, metric, blue } of alarming) {
      const values = told
        .filter((item) => item["metric"] === metric)
        .filter(({ sensor }) => kindOf.get(String(sensor)) === kind)
        .map(({ value }) => Number(value));
      expect(values.length, id).toBeGreaterThan(20);
      expect(Math.max(...values), id).toBeLessThan(Number(blue));
    }
  });

  it("speaks parking's and the grid company's own words where they have some", () => {
    expect(itemsOf(start, "parking-readings")[0]).toEqual({
      parkCode: "PL-0001",
      updTime: "2026-11-20 10:00:00",
      leftNum: expect.any(Number) as number,
      totalNum: expect.any(Number) as number,
    });
    const words = itemsOf(start, "power-readings").map((row) => row["量测项"]);
    expect(new Set(words)).toEqual(
      new Set(["负荷", "额定容量", "停电户数", "负载率"]),
    );
  });

  it("counts a whole camera catalogue, nearly all of it online", () => {
    expect(refused(Camera, ["camera-catalogue"], start)).toBeNull();
    const cameras = itemsOf(start, "camera-catalogue");
    expect(cameras).toHaveLength(12_000);
    const online = cameras.filter((camera) => camera["online"]).length;
    expect(online).toBeGreaterThan(11_700);
    expect(online).toBeLessThan(12_000);
  });

  it("is incidents with a place, a text, and an invented caller", () => {
    expect(refused(IncidentReport, ["hotline-12345"], start)).toBeNull();
    expect(refused(SystemReport, ["video-ai"], start)).toBeNull();
    const calls = itemsOf(start, "hotline-12345");
    const open = calls.filter((call) => !("closedAt" in call));
    expect(open.length).toBeGreaterThan(50);
    for (const call of calls) {
      expect(call["reporter"]).toMatchObject({
        phone: expect.stringMatching(/^154\d{8}$/) as string,
      });
      expect(String(call["description"])).not.toMatch(/[{}]/);
      expect(String(call["address"])).toMatch(/[\u4e00-\u9fff]/);
    }
    const codes = new Set(city.categories.map(({ code }) => code));
    expect(calls.every(({ category }) => codes.has(String(category)))).toBe(
      true,
    );
  });

  it("is said where it can happen: waiting in an emergency ward is at a hospital", () => {
    const kinds = new Map(
      city.places.map(({ nameZh, kind }) => [nameZh, kind]),
    );
    const matter = city.categories.find(({ nameZh }) => nameZh === "医疗服务")!;
    const places = itemsOf(start, "hotline-12345")
      .filter(({ category }) => category === matter.code)
      .map(({ address }) => /\((.+)附近\)$/.exec(String(address))![1]!);
    expect(places.length).toBeGreaterThan(0);
    expect(new Set(places.map((place) => kinds.get(place)))).toEqual(
      new Set(["hospital"]),
    );
  });

  it("is cases of the urban management system at every stage, in time and late, that go on", () => {
    const feed = "urban-cases";
    expect(refused(SystemReport, [feed], start)).toBeNull();
    const now = at(FRIDAY, "10:00");
    const cases = itemsOf(start, feed).map((item) => SystemReport.parse(item));
    const open = cases.filter(({ closedAt }) => closedAt === undefined);
    expect(new Set(open.map(({ stage, status }) => stage ?? status))).toEqual(
      new Set([1, "verifying", 2, 3, 4, "suspended", 5, 6]),
    );
    const due = open.flatMap(({ deadlines }) => Object.values(deadlines ?? {}));
    expect(due.some((by) => by < now)).toBe(true);
    expect(due.filter((by) => by > now).length).toBeGreaterThan(due.length / 2);
    const codes = new Set(city.departments.map(({ code }) => code));
    const sent = open.filter(({ stage }) => (stage ?? 0) > 2);
    expect(sent.every(({ department }) => codes.has(department!))).toBe(true);

    const day = play(["urban"], now);
    day.start();
    const later = itemsOf(day.play(1800), feed);
    const known = new Set(open.map(({ externalId }) => externalId));
    const moved = later.filter(({ externalId }) =>
      known.has(String(externalId)),
    );
    expect(moved.length).toBeGreaterThan(10);
    expect(moved.some(({ status }) => status === "closed")).toBe(true);
    const again = play(["urban"], now);
    again.start();
    expect(itemsOf(again.play(1800), feed)).toEqual(later);
  });

  it("is what a camera saw, with the camera and how sure it is, by an algorithm of the city", () => {
    const algorithms = new Map(
      readAlgorithms(packFiles(city, 0)["algorithms.csv"]!).map((row) => [
        row.code,
        row,
      ]),
    );
    const codes = new Set(city.cameras.map(({ gbCode }) => gbCode));
    for (const item of itemsOf(start, "video-ai")) {
      const { camera, confidence } = item;
      expect(
        sightingFlaw(item as Parameters<typeof sightingFlaw>[0], algorithms),
      ).toBeNull();
      expect(codes.has(String(camera))).toBe(true);
      expect(Number(confidence)).toBeGreaterThan(0.5);
    }
  });

  it("moves two thousand vehicles a second along the roads, with plates of no province", () => {
    const feeds = ["bus-positions", "taxi-positions", "key-vehicle-positions"];
    expect(
      refused(Position, [...feeds, "vessel-positions"], minute),
    ).toBeNull();
    const positions = feeds.flatMap((feed) => itemsOf(minute, feed));
    const tracks = groupByObject(positions);
    expect(tracks.size).toBeGreaterThan(2000);
    let moved = 0;
    for (const [object, track] of tracks) {
      expect(object).toMatch(/^澜A[0-9A-HJ-NP-Z]{5}$/);
      expect(track).toHaveLength(60);
      const last = track.at(-1)!;
      const metres = Math.hypot(
        (Number(last["lng"]) - Number(track[0]!["lng"])) * 94_700,
        (Number(last["lat"]) - Number(track[0]!["lat"])) * 110_900,
      );
      // Nobody is faster than 120 km/h for a whole minute.
      expect(metres).toBeLessThan(2000);
      if (metres > 50) moved++;
    }
    expect(moved / tracks.size).toBeGreaterThan(0.6);
  });

  it("turns its ships before they leave the city, at whichever side of the fairway", () => {
    const rehearsal = play(["vessels"], at(FRIDAY, "10:00"));
    const places = itemsOf(rehearsal.play(6 * 3600), "vessel-positions");
    // The river leaves the city at its two ends only.
    const atEnds = places.filter(
      ({ lng }) => Number(lng) < 123.01 || Number(lng) > 123.61,
    );
    expect(atEnds.length).toBeGreaterThan(1000);
    const beyond = atEnds.filter(
      ({ lng, lat }) =>
        !city.districts.some(({ ring }) =>
          insideRing(Number(lng), Number(lat), ring),
        ),
    );
    expect(beyond).toEqual([]);
  });

  it("keeps everything that has a place inside the city's border", () => {
    const feeds = [
      ...["bus-positions", "taxi-positions", "key-vehicle-positions"],
      ...["hotline-12345", "video-ai"],
    ];
    const beyond = feeds.flatMap((feed) =>
      itemsOf([...start, ...minute], feed).filter(
        ({ lng, lat }) =>
          !city.districts.some(({ ring }) =>
            insideRing(Number(lng), Number(lat), ring),
          ),
      ),
    );
    expect(beyond).toEqual([]);
  });

  it("knows four weeks of calls by the hour, and the last day of what is only shown", () => {
    const feeds = feedsOf("indicators/1");
    expect(refused(IndicatorValue, feeds, start)).toBeNull();
    const history = (feed: string, id: string) =>
      itemsOf(start, feed).filter(
        ({ indicator, scope }) => indicator === id && scope === "city",
      );
    const calls = history("indicators-hotline", "hot.calls");
    expect(calls).toHaveLength(28 * 24 + 1);
    const first = Math.min(...calls.map((call) => Number(call["at"])));
    const hour = 3_600_000;
    expect(first).toBe(at(FRIDAY, "10:00") - 28 * 24 * hour + hour / 2);
    expect(
      history("indicators-hotline", "hot.answerRate").length,
    ).toBeGreaterThan(90);
  });
});

function groupByObject(positions: Item[]) {
  const tracks = new Map<string, Item[]>();
  for (const position of positions) {
    const object = String(position["object"]);
    const track = tracks.get(object);
    if (track) track.push(position);
    else tracks.set(object, [position]);
  }
  return tracks;
}

describe("the city", () => {
  it("sends the same messages for the same seed and others for another", () => {
    const ids = ["air", "traffic", "hotline", "vehicles"];
    const told = (seed: number) => {
      const rehearsal = play(ids, at(FRIDAY, "10:00"), seed);
      return JSON.stringify([rehearsal.start(), rehearsal.play(5)]);
    };
    const once = told(42);
    expect(told(42) === once).toBe(true);
    expect(told(43) === once).toBe(false);
  });

  it("tells a caller's incident again under the same number after a restart", () => {
    const numbers = (time: string) =>
      new Map(
        itemsOf(
          play(["hotline"], at(FRIDAY, time)).start(),
          "hotline-12345",
        ).map((call) => [call["externalId"], call["title"]]),
      );
    const before = numbers("10:00");
    const after = numbers("10:30");
    for (const [id, title] of after)
      if (before.has(id)) expect(before.get(id)).toBe(title);
    expect(
      [...before.keys()].filter((id) => after.has(id)).length,
    ).toBeGreaterThan(1000);
  });

  it("drives slower in the rush hour than at night, and Sunday's morning has none", () => {
    const speed = (day: string, time: string) =>
      mean(speeds(play(["traffic"], at(day, time)).start()));
    const rush = speed(FRIDAY, "08:00");
    expect(rush).toBeLessThan(0.65 * speed(FRIDAY, "03:00"));
    expect(rush).toBeLessThan(0.8 * speed(SUNDAY, "08:00"));
  });

  it("jams some arterials every evening, few at noon and none at night", () => {
    const arterial = new Set(
      city.sensors
        .filter(({ kind }) => kind === "trafficLoop")
        .map(({ id }) => id),
    );
    /** Sections below 20 km/h, %, which the traffic index is made of. */
    const jammed = (time: string) => {
      const told = itemsOf(
        play(["traffic"], at(FRIDAY, time)).start(),
        "traffic-loops",
      ).filter(
        ({ sensor, metric, value }) =>
          metric === "speed" && value !== "NA" && arterial.has(String(sensor)),
      );
      const slow = told.filter(({ value }) => Number(value) <= 20);
      return (100 * slow.length) / told.length;
    };
    // 8 % and 14 % are the indices 4 and 8.
    expect(jammed("18:00")).toBeGreaterThan(8);
    expect(jammed("18:00")).toBeLessThan(14);
    expect(jammed("12:00")).toBeGreaterThan(0.5);
    expect(jammed("12:00")).toBeLessThan(4);
    expect(jammed("03:00")).toBe(0);
  });

  it("has neighbours that breathe the same air", () => {
    const pm25 = new Map(
      itemsOf(start, "air-stations")
        .filter(({ metric, value }) => metric === "pm25" && value !== "NA")
        .map(({ sensor, value }) => [String(sensor), Number(value)]),
    );
    const stations = city.sensors.filter(
      ({ kind, id }) => kind === "airStation" && pm25.has(id),
    );
    const gap = (near: boolean) => {
      const gaps: number[] = [];
      for (const a of stations)
        for (const b of stations) {
          const off = Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]);
          if (a.id < b.id && (near ? off < 0.05 : off > 0.3))
            gaps.push(Math.abs(pm25.get(a.id)! - pm25.get(b.id)!));
        }
      return mean(gaps);
    };
    expect(gap(true)).toBeLessThan(gap(false));
  });
});
