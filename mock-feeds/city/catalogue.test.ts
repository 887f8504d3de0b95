import { Environment } from "@marcbachmann/cel-js";
import jsonata from "jsonata";
import { beforeAll, describe, expect, it } from "vitest";
import { createCity } from "./generate.ts";
import type { City, IndicatorRow } from "./types.ts";

/** The design's catalogue (domain.md §8), with its one renamed row (decisions D1). */
const DESIGN = `
city.healthIndex city.openIncidents city.onTimeCloseRate city.overdueOpen city.iotOnlineRate city.feedFreshRate
traf.congestionIndex traf.arterialSpeed traf.accidentsToday traf.metroMaxLoad traf.parkingFree traf.keyVehicleOnline traf.keyVehicleAlarm
eco.aqi eco.pm25 eco.surfaceWaterGood eco.sourceWaterPass eco.noiseDay eco.emissionOver
water.reservoirOver water.riverMargin water.pipePressureMin water.supplyLoad water.turbidity water.residualChlorine water.pondingDepth water.pumpAvailable
util.gasLeakAlarms util.gasAdjacent util.gasStockDays util.heatPass util.powerLoad util.outageUsers util.bridgeAlarms util.roadSettle util.tunnelAlarms util.streetLightOn
emer.openIncidents emer.accidentDeaths emer.hazmatAlarms emer.fireCalls emer.forestFireLevel emer.geoRiskLevel emer.teamReady
psec.policeCalls psec.crowdDensity psec.camOnline psec.camQuality psec.camShared psec.aiPrecision
urb.casesToday urb.onTimeRate urb.reworkRate urb.dispatchAccuracy urb.wasteLoad
hot.calls hot.answerRate hot.answer15s hot.responseRate hot.resolveRate hot.satisfaction hot.repeatRate
hlt.erWait hlt.bedUse hlt.ambulanceArrive hlt.infectious
edu.campusAlarms edu.campusVideo
tour.scenicLoad tour.visitors
econ.gdpGrowth econ.industryPower econ.cpi
gov.onlineRate gov.goodRate gov.dataShared
met.rain met.windForce met.tempMax met.visibility
`
  .trim()
  .split(/\s+/);

const MEASURES =
  "iotOnlineRate feedFreshRate openIncidents overdueOpen registeredToday onTimeRate cameraOnlineRate healthIndex openEmergencies reworkRate aiPrecision dispatchAccuracy onTimeCloseRate hotlineResponseRate hotlineResolveRate hotlineSatisfaction hotlineRepeatRate".split(
    " ",
  );

let city: City;
const rows = new Map<string, IndicatorRow>();
beforeAll(() => {
  // Another seed than city.test.ts: the catalogue must fit any city.
  city = createCity(7);
  for (const row of city.indicators) rows.set(row.id, row);
}, 120_000);

const row = (id: string): IndicatorRow => {
  const found = rows.get(id);
  if (!found) throw new Error(`there is no indicator ${id}`);
  return found;
};

const reads = (formula: string) =>
  [...formula.matchAll(/ind\["([^"]+)"\]/g)].map(([, id]) => id ?? "");

describe("the catalogue of indicators", () => {
  it("holds the eighty of the design, and each id once", () => {
    expect(DESIGN).toHaveLength(80);
    expect(DESIGN.filter((id) => !rows.has(id))).toEqual([]);
    expect(rows.size).toBe(city.indicators.length);
  });

  it("divides water into source, supply, drainage, sewage and disaster", () => {
    const groups = city.indicators
      .filter(({ theme }) => theme === "水务")
      .map(({ note }) => note.split(";")[0]);
    expect([...new Set(groups)].sort()).toEqual([
      "disaster",
      "drainage",
      "sewage",
      "source",
      "supply",
    ]);
  });

  it("divides the environment into six elements, and of each a station alarms by itself", () => {
    const elements = (rows: IndicatorRow[]) =>
      [...new Set(rows.map(({ note }) => note.split(";")[0]))].sort();
    const six = ["air", "emission", "noise", "soil", "waste", "water"];
    const all = city.indicators.filter(({ theme }) => theme === "生态环境");
    expect(elements(all)).toEqual(six);
    const alarming = all.filter(
      ({ opensIncident, scopes }) => opensIncident && /object/.test(scopes),
    );
    expect(elements(alarming)).toEqual(six);
    const led = new Map(
      city.categories.map(({ code, department }) => [code, department]),
    );
    for (const { id, category } of alarming)
      expect(led.get(category), id).toBe("ECO");
  });

  it("finds a sensor of the city behind every indicator that reads sensors", () => {
    const series = new Set(
      city.sensors.flatMap(({ system, kind, metrics }) =>
        metrics.map(({ metric }) => `${system}/${kind}/${metric}`),
      ),
    );
    const blind = city.indicators
      .filter(({ source }) => source === "sensors")
      .filter(
        ({ system, kind, metric }) =>
          !series.has(`${system}/${kind}/${metric}`),
      );
    expect(blind.map(({ id }) => id)).toEqual([]);
  });

  it("finds a bureau's own feed behind every indicator that is reported", () => {
    const reporting = new Set(
      city.feeds
        .filter(({ format }) => format === "indicators/1")
        .map(({ department }) => department),
    );
    const owners = city.indicators
      .filter(({ source }) => source === "reported")
      .map(({ ownerDept }) => ownerDept);
    expect(owners.length).toBeGreaterThan(15);
    expect(owners.filter((owner) => !reporting.has(owner))).toEqual([]);
  });

  it("computes every formula from indicators that exist", () => {
    const environment = new Environment()
      .registerVariable("ind", "map")
      .registerFunction("iaqi(string, double): double", () => 50)
      .registerFunction("max(list): double", (values: number[]) =>
        Math.max(...values),
      );
    const formulas = city.indicators.filter(
      ({ source }) => source === "formula",
    );
    expect(formulas.length).toBeGreaterThan(6);
    for (const { id, formula } of formulas) {
      const ids = reads(formula);
      expect(
        ids.filter((other) => !rows.has(other)),
        id,
      ).toEqual([]);
      const ind = new Map(ids.map((other) => [other, 7.5]));
      expect(environment.evaluate(formula, { ind }), id).toEqual(
        expect.any(Number),
      );
    }
  });

  it("asks the hub only for measures that it takes", () => {
    const asked = city.indicators
      .filter(({ source }) => source === "internal")
      .map(({ formula }) => formula);
    expect(asked.toSorted()).toEqual(MEASURES.toSorted());
  });

  it("turns the share of congested arterials into the index as DB11/T 785 does", () => {
    const environment = new Environment().registerVariable("ind", "map");
    const index = (share: number): unknown =>
      environment.evaluate(row("traf.congestionIndex").formula, {
        ind: new Map([["traf.congestedShare", share]]),
      });
    expect([0, 4, 8, 11, 14, 24, 60].map(index)).toEqual([
      0, 2, 4, 6, 8, 10, 10,
    ]);
  });

  it("lets levels rise in one direction only", () => {
    for (const { id, direction, blue, yellow, orange, red } of rows.values()) {
      const limits = [blue, yellow, orange, red]
        .filter((limit) => limit !== "")
        .map((limit) => Number.parseFloat(limit));
      if (direction === "N") expect(limits, id).toEqual([]);
      const sign = direction === "H" ? -1 : 1;
      limits.forEach((limit, i) => {
        if (i > 0)
          expect(sign * (limit - (limits[i - 1] ?? 0)), id).toBeGreaterThan(0);
      });
    }
    expect(row("util.gasAdjacent")).toMatchObject({
      blue: "0.25",
      yellow: "0.5",
      orange: "1",
      red: "2.5",
    });
  });

  it("names owners, categories, weights and conditions that exist", () => {
    const departments = new Set(city.departments.map(({ code }) => code));
    const categories = new Set(city.categories.map(({ code }) => code));
    for (const {
      id,
      ownerDept,
      opensIncident,
      category,
      ...rest
    } of rows.values()) {
      expect(departments, id).toContain(ownerDept);
      if (opensIncident) expect(categories, id).toContain(category);
      if (rest.aggregate === "ratio") expect(rest.where, id).not.toBe("");
      if (rest.weightBy === "") continue;
      for (const { kind, attributes } of city.sensors)
        if (kind === rest.kind)
          expect(attributes[rest.weightBy], id).toEqual(expect.any(Number));
    }
  });

  it("names the system of every indicator over sensors: many an owner has none of its own", () => {
    const systems = new Set(city.feeds.map(({ system }) => system));
    for (const { id, source, system } of rows.values())
      if (source === "sensors") expect(systems, id).toContain(system);
  });

  it("calls nothing stale before its sensors have had three turns", () => {
    for (const {
      id,
      source,
      system,
      kind,
      metric,
      staleAfter,
    } of rows.values()) {
      if (source !== "sensors") continue;
      const sensor = city.sensors.find(
        (one) => one.system === system && one.kind === kind,
      );
      const period = sensor?.metrics.find(
        (one) => one.metric === metric,
      )?.period;
      expect(staleAfter, id).toBeGreaterThanOrEqual(3 * (period ?? Infinity));
    }
  });
});

describe("the feeds", () => {
  it("belong to departments of the city and have an id each", () => {
    const departments = new Set(city.departments.map(({ code }) => code));
    expect(new Set(city.feeds.map(({ id }) => id)).size).toBe(
      city.feeds.length,
    );
    for (const { id, department, quota } of city.feeds) {
      expect(departments, id).toContain(department);
      expect(quota.burst, id).toBeGreaterThan(quota.perSecond);
    }
  });

  it("speak over both transports, in foreign coordinates and in foreign words", () => {
    expect(new Set(city.feeds.map(({ transport }) => transport))).toEqual(
      new Set(["http", "mqtt"]),
    );
    expect(city.feeds.some(({ crs }) => crs === "GCJ02")).toBe(true);
    expect(city.feeds.filter(({ mapping }) => mapping).length).toBeGreaterThan(
      1,
    );
  });

  const mapped = (id: string, payload: unknown) => {
    const expression = jsonata(
      city.feeds.find((feed) => feed.id === id)?.mapping ?? "",
    );
    expression.registerFunction("instant", (text: string) =>
      Date.parse(`${text.replace(" ", "T")}+08:00`),
    );
    return expression.evaluate(payload) as Promise<unknown>;
  };
  const at = Date.parse("2026-11-20T08:00:00+08:00");

  it("map a car park's line to its two readings", async () => {
    const line = {
      parkCode: "PL-0001",
      leftNum: 35,
      totalNum: 220,
      updTime: "2026-11-20 08:00:00",
    };
    const readings: unknown = await mapped("parking-readings", [line]);
    expect(JSON.parse(JSON.stringify(readings))).toEqual([
      { sensor: "PL-0001", metric: "free", at, value: 35 },
      { sensor: "PL-0001", metric: "capacity", at, value: 220 },
    ]);
  });

  it("map a line of the grid company's table to one reading", async () => {
    const line = {
      设备编号: "DR-0007",
      量测项: "停电户数",
      时间: "2026-11-20 08:00:00",
      数值: "12",
    };
    const reading: unknown = await mapped("power-readings", [line]);
    expect(JSON.parse(JSON.stringify(reading))).toEqual({
      sensor: "DR-0007",
      metric: "outageUsers",
      at,
      value: 12,
    });
  });
});
