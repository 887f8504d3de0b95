import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MINUTE } from "../../contract/time.ts";
import { createSensors, type Sensors } from "./sensors.ts";
import { Names } from "./sensors/names.ts";

const EIGHT = Date.parse("2026-11-20T08:00:00+08:00");

const gauge = (id: string, change: object = {}) => ({
  system: "water",
  id,
  name: `水位 ${id}`,
  kind: "gauge",
  lng: 120.5,
  lat: 30.25,
  district: "east",
  metrics: [{ metric: "level", unit: "m", period: MINUTE }],
  attributes: {},
  registered: true,
  ...change,
});

/** A reading as the flow applies it: judged first. */
function read(sensors: Sensors, series: number, at: number, value: number) {
  const verdict = sensors.judge(series, at, value, 0);
  sensors.apply(series, at, value, 0, at + 50);
  return verdict;
}

describe("a reading is", () => {
  const sensors = createSensors();
  const { no } = sensors.add("water", "G1", "level");

  it("new where it is later than the latest", () => {
    expect(read(sensors, no, EIGHT, 1)).toBe("new");
  });
  it("a duplicate where it says the latest again", () => {
    expect(sensors.judge(no, EIGHT, 1, 0)).toBe("duplicate");
  });
  it("a correction where the latest had another value", () => {
    expect(read(sensors, no, EIGHT, 2)).toBe("correction");
    expect(sensors.value(no)).toBe(2);
  });
  it("a correction where only its quality is another", () => {
    expect(sensors.judge(no, EIGHT, 2, 2)).toBe("correction");
  });
  it("late where it is earlier, and never overwrites a newer one (R3)", () => {
    expect(read(sensors, no, EIGHT - 1, 9)).toBe("late");
    expect([sensors.at(no), sensors.value(no)]).toEqual([EIGHT, 2]);
  });
});

describe("names", () => {
  it("of one system do not stand for another's", () => {
    const sensors = createSensors();
    sensors.add("water", "G1", "level");
    expect(sensors.resolve("water", "G1", "level")).toBe(0);
    expect(sensors.resolve("gas", "G1", "level")).toBe(-1);
    expect(sensors.resolve("water", "G1", "flow")).toBe(-1);
    expect(sensors.resolve("water", "G", "level")).toBe(-1);
  });

  it("are found again whatever they are written in", () => {
    // Any UTF-16 units, lone surrogates too.
    const text = fc
      .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff)), { maxLength: 12 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(
        fc.uniqueArray(text, { maxLength: 40 }),
        fc.integer(),
        (texts, seed) => {
          const names = new Names(seed);
          const numbers = texts.map((text) => names.add(1, text));
          expect(numbers).toEqual(texts.map((_, i) => i));
          expect(texts.map((text) => names.find(1, text))).toEqual(numbers);
          expect(numbers.map((number) => names.text(number))).toEqual(texts);
          expect(texts.map((text) => names.find(2, text))).toEqual(
            texts.map(() => -1),
          );
        },
      ),
      { seed: 11, numRuns: 30 },
    );
  });

  it("keep their numbers while tens of thousands are added", () => {
    const names = new Names(5);
    const id = (i: number) => `井盖-${i * 7919}`;
    for (let i = 0; i < 30_000; i++) names.add(i % 3, id(i));
    const lost = Array.from({ length: 30_000 }, (_, i) => i).filter(
      (i) => names.find(i % 3, id(i)) !== i,
    );
    expect(lost).toEqual([]);
    expect(names.find(0, id(1))).toBe(-1);
  });

  it("are given quickly to ids that were chosen to collide under every seed", () => {
    const sensors = createSensors({ seed: 20261120 });
    // The highest bit of two units: a product passes it on, the next takes it back.
    const chosen = (i: number) =>
      Array.from({ length: 16 }, (_, bit) => {
        const flip = ((i >> bit) & 1) << 15;
        return `a${String.fromCharCode(0x4e00 ^ flip)}`.repeat(2);
      }).join("");
    for (let i = 0; i < 65_536; i++) sensors.add("water", chosen(i), "level");
    expect(sensors.resolve("water", chosen(65_535), "level")).toBe(65_535);
  });

  it("are resolved by columns as one by one", () => {
    const sensors = createSensors();
    sensors.register(gauge("G1"));
    sensors.add("water", "G1", "flow");
    sensors.register(gauge("G2"));
    const series = new Int32Array(4);
    sensors.resolveAll(
      "water",
      ["G1", "G1", "G2", "G3"],
      ["flow", "level", "level", "level"],
      series,
    );
    expect([...series]).toEqual([1, 0, 2, -1]);
  });
});

describe("the catalogue", () => {
  it("gives a series to every metric that it names, once", () => {
    const sensors = createSensors();
    expect(sensors.register(gauge("G1"))).toEqual([
      { no: 0, system: "water", sensor: "G1", metric: "level" },
    ]);
    expect(sensors.register(gauge("G1", { name: "新名" }))).toEqual([]);
    expect(sensors.label(0)).toBe("新名");
  });

  it("takes in a sensor that was heard before it was registered", () => {
    const sensors = createSensors();
    read(sensors, sensors.add("water", "G1", "level").no, EIGHT, 3);
    expect(sensors.view(0)).toMatchObject({ registered: false, lng: null });
    sensors.register(gauge("G1"));
    expect(sensors.view(0)).toMatchObject({
      id: "water/G1",
      name: "水位 G1",
      kind: "gauge",
      lng: 120.5,
      district: "east",
      registered: true,
      values: [{ metric: "level", unit: "m", value: 3, at: EIGHT }],
    });
    expect([sensors.count, sensors.registeredCount]).toEqual([1, 1]);
  });

  it("is walked by kind, district and system", () => {
    const sensors = createSensors({ districts: ["east", "west"] });
    sensors.register(gauge("G1"));
    sensors.register(gauge("G2", { district: "west" }));
    sensors.register(gauge("P1", { system: "gas", kind: "probe" }));
    const walk = (filter: Parameters<Sensors["each"]>[0]) => {
      const found: string[] = [];
      sensors.each(filter, (sensor) => found.push(sensors.id(sensor)));
      return found;
    };
    expect(walk({ district: "east" })).toEqual(["water/G1", "gas/P1"]);
    expect(walk({ kind: "gauge", district: "west" })).toEqual(["water/G2"]);
    expect(walk({ system: "gas" })).toEqual(["gas/P1"]);
    expect(walk({ kind: "nothing" })).toEqual([]);
  });
});

describe("freshness", () => {
  it("goes from live to lost by the metric's own period, and is told once", () => {
    const sensors = createSensors();
    sensors.expect("water", 60 * MINUTE);
    sensors.register(gauge("G1"));
    read(sensors, 0, EIGHT, 1);
    expect(sensors.takeChanges()).toEqual([0]);
    const after = (minutes: number) => {
      sensors.sweep(EIGHT + minutes * MINUTE, 10);
      return [sensors.freshness(0), sensors.takeChanges().length];
    };
    expect([1.5, 1.6, 3, 3.1, 10, 10.1, 11].map(after)).toEqual([
      ["live", 0],
      ["late", 1],
      ["late", 0],
      ["stale", 1],
      ["stale", 0],
      ["lost", 1],
      ["lost", 0],
    ]);
    read(sensors, 0, EIGHT + 20 * MINUTE, 1);
    expect(sensors.freshness(0)).toBe("live");
  });

  it("falls back to the indicator's period, then to the feed's", () => {
    const sensors = createSensors();
    const { no } = sensors.add("water", "G1", "level");
    sensors.expect("water", 30 * MINUTE);
    expect(sensors.period(no)).toBe(30 * MINUTE);
    sensors.setIndicatorPeriod(no, 5 * MINUTE);
    expect(sensors.period(no)).toBe(5 * MINUTE);
  });

  it("of a system on its source's clock is judged by what it sent last", () => {
    const sensors = createSensors();
    sensors.followSource("water");
    sensors.register(gauge("G1"));
    sensors.register(gauge("G2"));
    const in2013 = Date.parse("2013-03-01T00:00:00+08:00");
    read(sensors, 0, in2013, 1);
    read(sensors, 1, in2013 + 5 * MINUTE, 1);
    sensors.sweep(EIGHT, 10);
    expect([sensors.freshness(0), sensors.freshness(1)]).toEqual([
      "stale",
      "live",
    ]);
  });
});

describe("a restart", () => {
  const found = () => {
    const sensors = createSensors({ seed: 1 });
    sensors.restore(
      Array.from({ length: 20_000 }, (_, no) => ({
        no,
        system: "water",
        sensor: `G${no}`,
        metric: "level",
      })),
    );
    return sensors;
  };

  it("gives every latest value back, and saves only what changed", () => {
    const sensors = found();
    for (let no = 0; no < 20_000; no++) read(sensors, no, EIGHT + no, no / 4);
    const first = sensors.save();
    read(sensors, 9000, EIGHT + MINUTE, -1);
    const second = sensors.save();
    expect(second).toHaveLength(1);
    const after = found();
    after.load(new Map([...first, ...second].map((p) => [p.name, p.blob])));
    expect([after.value(19_999), after.at(19_999)]).toEqual([
      19_999 / 4,
      EIGHT + 19_999,
    ]);
    expect(after.judge(9000, EIGHT + MINUTE, -1, 0)).toBe("duplicate");
    expect(after.receivedAt(0)).toBe(EIGHT + 50);
  });

  it("is refused where the store lost a series", () => {
    expect(() =>
      createSensors().restore([
        { no: 1, system: "water", sensor: "G1", metric: "level" },
      ]),
    ).toThrow("series 1 of the store comes where 0 was due");
    const sensors = found();
    read(sensors, 19_999, EIGHT, 1);
    const parts = new Map(sensors.save().map((p) => [p.name, p.blob]));
    expect(() => createSensors().load(parts)).toThrow("the store knows only 0");
  });
});
