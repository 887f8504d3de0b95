import { createHash } from "node:crypto";
import { booleanPointInPolygon, polygon } from "@turf/turf";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { createZone } from "../../contract/zone.ts";
import { createShiftPlan, shiftFlaws } from "../../server/hub/duty/plan.ts";
import { readAccounts } from "../../server/city/accounts.ts";
import { readAreas } from "../../server/city/areas.ts";
import { createAreaIndex } from "../../server/hub/areas.ts";
import { readRoster } from "../../server/city/roster.ts";
import { readShifts } from "../../server/city/shifts.ts";
import { readCalendar } from "../../server/city/calendar.ts";
import { readLimits } from "../../server/city/limits.ts";
import { createCity } from "./generate.ts";
import { packFiles } from "./pack.ts";
import { createRandom } from "./random.ts";
import type { City, Position, Ring } from "./types.ts";

const SEED = 42;
/** The city takes seconds on a quiet machine, and more on a busy one. */
const PATIENCE = 120_000;

let city: City;
let files: Record<string, string>;
beforeAll(() => {
  city = createCity(SEED);
  files = packFiles(city, Date.parse("2026-11-07T00:00:00Z"));
}, PATIENCE);

const holds = (ring: Ring) => {
  const shape = polygon([ring]);
  return (at: Position) => booleanPointInPolygon(at, shape);
};

describe("the invented city of Jianglan", () => {
  it("has the size that the design gives it", () => {
    expect({
      districts: city.districts.length,
      towns: city.towns.length,
      communities: city.communities.length,
      departments: city.departments.length,
      cameras: city.cameras.length,
    }).toEqual({
      districts: 7,
      towns: 110,
      communities: 1860,
      departments: 60,
      cameras: 12_000,
    });
    expect(city.sensors.length).toBeGreaterThanOrEqual(38_000);
    expect(city.sensors.length).toBeLessThanOrEqual(40_000);
  });

  it("has a grid around every community, inside its town", async () => {
    const areas = await readAreas((name) =>
      Promise.resolve(name in files ? JSON.parse(files[name]!) : null),
    );
    const { gridAt, pathOf } = createAreaIndex(areas);
    // A metre of rounding may put one on the other side of its border.
    const lost = city.communities.filter(
      ({ code, at }) => gridAt(...at) !== `${code}001`,
    );
    expect(lost.length).toBeLessThan(city.communities.length / 200);
    const { code, town } = city.communities[0]!;
    expect(pathOf(`${code}001`).map((area) => area.code)).toEqual([
      `${code}001`,
      town,
    ]);
    expect(areas.filter(({ kind }) => kind === "river").length).toBeGreaterThan(
      3,
    );
  });

  it(
    "is the same city for the same seed",
    () => {
      const print = (value: unknown) =>
        createHash("sha256").update(JSON.stringify(value)).digest("hex");
      expect(print(createCity(SEED))).toBe(print(city));
    },
    PATIENCE,
  );

  it("is no real place: no province has its codes or plates", () => {
    const provinces =
      "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split(
        " ",
      );
    const plates =
      "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新港澳台";
    const prefixes = new Set(
      [
        city.regionCode,
        ...city.districts.map(({ code }) => code),
        ...city.towns.map(({ code }) => code),
        ...city.communities.map(({ code }) => code),
        ...city.cameras.map(({ gbCode }) => gbCode),
      ].map((code) => code.slice(0, 2)),
    );
    expect(
      [...prefixes].filter((prefix) => provinces.includes(prefix)),
    ).toEqual([]);
    expect([...plates]).not.toContain(city.platePrefix.charAt(0));
  });

  it("gives everything a name of its own inside its parent", () => {
    const doubled = (names: string[]) =>
      names.filter((name, i) => names.indexOf(name) !== i);
    expect(doubled(city.towns.map(({ nameZh }) => nameZh))).toEqual([]);
    expect(doubled(city.departments.map(({ code }) => code))).toEqual([]);
    expect(
      doubled(city.communities.map(({ town, nameZh }) => `${town}/${nameZh}`)),
    ).toEqual([]);
    expect(doubled(city.communities.map(({ code }) => code))).toEqual([]);
  });
});

describe("its borders", () => {
  it("are closed rings", () => {
    for (const { ring, nameZh } of [...city.districts, ...city.towns]) {
      expect(ring.length, nameZh).toBeGreaterThan(8);
      expect(ring.at(-1), nameZh).toEqual(ring[0]);
    }
  });

  /** Every border piece is walked once from each side; what is walked once is the city's outline. */
  const outlineOf = (rings: readonly Ring[]) => {
    const walked = new Map<string, number>();
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) {
        const way = `${ring[i - 1]?.join()} ${ring[i]?.join()}`;
        walked.set(way, (walked.get(way) ?? 0) + 1);
      }
    expect([...walked.values()].every((times) => times === 1)).toBe(true);
    return [...walked.keys()].filter((way) => {
      const [from, to] = way.split(" ");
      return !walked.has(`${to} ${from}`);
    });
  };

  it("are shared exactly, and what is left is one closed outline", () => {
    for (const regions of [city.districts, city.towns]) {
      const outline = outlineOf(regions.map(({ ring }) => ring));
      const next = new Map(
        outline.map((way) => way.split(" ") as [string, string]),
      );
      const [start] = next.keys();
      let steps = 0;
      for (let at = start; steps === 0 || at !== start; steps++)
        at = next.get(at ?? "");
      expect(steps).toBe(outline.length);
    }
  });

  it("put any place of the city into one district and one town of it", () => {
    const random = createRandom(SEED, "test places");
    const [west, south, east, north] = city.bounds;
    const districts = city.districts.map((d) => ({ ...d, has: holds(d.ring) }));
    const towns = city.towns.map((t) => ({ ...t, has: holds(t.ring) }));
    let inside = 0;
    for (let i = 0; i < 3000; i++) {
      const at: Position = [
        random.between(west, east),
        random.between(south, north),
      ];
      const of = districts.filter(({ has }) => has(at));
      const within = towns.filter(({ has }) => has(at));
      expect(of.length, String(at)).toBeLessThanOrEqual(1);
      expect(within.length, String(at)).toBe(of.length);
      expect(within[0]?.district).toBe(of[0]?.code);
      inside += of.length;
    }
    expect(inside).toBeGreaterThan(1500);
  });

  it("hold every seat, community, place, camera and sensor in the district it names", () => {
    const has = new Map(city.districts.map((d) => [d.code, holds(d.ring)]));
    const things = [
      ...city.districts.map(({ code, centre }) => ({
        district: code,
        at: centre,
      })),
      ...city.towns.map(({ district, centre }) => ({ district, at: centre })),
      ...city.communities,
      ...city.places,
      ...city.cameras,
      ...city.sensors,
      ...city.roads.underpasses,
    ];
    const astray = things.filter(
      ({ district, at }) => !has.get(district)?.(at),
    );
    expect(astray).toEqual([]);
  });
});

describe("its streets and waters", () => {
  it("let one drive from any crossing to any other", () => {
    const { nodes, edges } = city.roads;
    const seen = new Set([0]);
    const queue = [0];
    for (let node = queue.pop(); node !== undefined; node = queue.pop())
      for (const id of nodes[node]?.edges ?? []) {
        const edge = edges[id];
        for (const next of [edge?.from, edge?.to])
          if (next !== undefined && !seen.has(next)) {
            seen.add(next);
            queue.push(next);
          }
      }
    expect(seen.size).toBe(nodes.length);
  });

  it("join at the crossings that they name", () => {
    const { nodes, edges } = city.roads;
    const wrong = edges.filter(
      ({ line, from, to, nameZh, length }) =>
        line[0]?.join() !== nodes[from]?.at.join() ||
        line.at(-1)?.join() !== nodes[to]?.at.join() ||
        nameZh === "" ||
        length <= 0,
    );
    expect(wrong).toEqual([]);
    expect(new Set(edges.map(({ roadClass }) => roadClass))).toEqual(
      new Set(["快速路", "主干路", "次干路", "支路"]),
    );
  });

  it("keep people, houses and car parks dry", () => {
    const waters = city.water.map(({ rings: [outer = []] }) => holds(outer));
    const wet = (at: Position) => waters.some((water) => water(at));
    expect(city.communities.filter(({ at }) => wet(at)).length).toBeLessThan(
      10,
    );
    const corners = city.buildings
      .filter((_, i) => i % 10 === 0)
      .flatMap(({ ring }) => ring.slice(0, 1));
    expect(corners.length).toBeGreaterThan(500);
    expect(corners.filter(wet).length).toBeLessThan(corners.length / 100);
  });

  it("carry vessels inside the city from the west to the sea", () => {
    const districts = city.districts.map(({ ring }) => holds(ring));
    for (const { line } of city.fairways) {
      expect(line.every((at) => districts.some((has) => has(at)))).toBe(true);
      expect((line.at(-1)?.[0] ?? 0) - (line[0]?.[0] ?? 0)).toBeGreaterThan(
        0.4,
      );
    }
  });
});

describe("its cameras and sensors", () => {
  it("have valid GB/T 28181 codes, each once", () => {
    const codes = city.cameras.map(({ gbCode }) => gbCode);
    expect(new Set(codes).size).toBe(12_000);
    // Centre 8 (district and unit), industry 2, type 132, network 1, number 6.
    const valid = city.cameras.filter(({ gbCode, district }) =>
      new RegExp(`^${district}01\\d{2}132[026]\\d{6}$`).test(gbCode),
    );
    expect(valid).toHaveLength(codes.length);
  });

  it("look at crossings by the streets' names", () => {
    expect(
      city.cameras.filter(({ name }) => /^.+与.+口 [东西南北]+向$/.test(name))
        .length,
    ).toBeGreaterThan(3000);
  });

  it("have one identity each and a feed of their own system", () => {
    const identities = city.sensors.map(({ system, id }) => `${system}/${id}`);
    expect(new Set(identities).size).toBe(identities.length);
    const feeds = new Map(city.feeds.map((feed) => [feed.id, feed]));
    expect(
      city.sensors.filter(
        ({ system, feed }) => feeds.get(feed)?.system !== system,
      ),
    ).toEqual([]);
    for (const system of new Set(city.sensors.map((sensor) => sensor.system)))
      expect(
        city.feeds.some(
          (feed) => feed.system === system && feed.format === "sensors/1",
        ),
        system,
      ).toBe(true);
  });

  it("measure inside a range and at a period", () => {
    const wrong = city.sensors.filter(
      ({ metrics }) =>
        metrics.length === 0 ||
        metrics.some(({ min, max, period }) => min >= max || period < 60_000),
    );
    expect(wrong).toEqual([]);
  });
});

describe("its departments", () => {
  it("have social credit codes with a right check character", () => {
    const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const codes = city.departments.map(({ creditCode }) => creditCode);
    expect(new Set(codes).size).toBe(60);
    for (const code of codes) {
      expect(code).toMatch(/^11990\d{3}[0-9A-Z]{10}$/);
      let weight = 1;
      let sum = 0;
      for (const character of code.slice(0, 17)) {
        sum += alphabet.indexOf(character) * weight;
        weight = (weight * 3) % 31;
      }
      expect(alphabet.indexOf(code.charAt(17))).toBe((31 - (sum % 31)) % 31);
    }
  });

  it("stand in the calendar's working and free days as the law has it", () => {
    const dayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();
    for (const { date, kind } of city.calendar)
      if (kind === "workday") expect([0, 6], date).toContain(dayOf(date));
    const free = city.calendar.filter(({ kind }) => kind === "holiday");
    expect(free.map(({ date }) => date)).toContain("2026-10-01");
    expect(new Set(city.calendar.map(({ date }) => date)).size).toBe(
      city.calendar.length,
    );
  });

  it("answer for every category, each with three limits for the work itself", () => {
    const codes = new Set(city.departments.map(({ code }) => code));
    for (const category of city.categories) {
      expect(codes).toContain(category.department);
      if (category.level === "major") continue;
      expect(city.categories.map(({ code }) => code)).toContain(
        category.parent,
      );
      expect(
        city.limits
          .filter(
            ({ category: code, stage }) =>
              code === category.code && stage === "handle",
          )
          .map(({ matterClass }) => matterClass),
      ).toEqual(["A", "B", "C"]);
    }
  });
});

describe("the city pack", () => {
  it("holds the files that a hub asks for", () => {
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        "city.json",
        "departments.csv",
        "districts.geojson",
        "towns.geojson",
        "categories.csv",
        "algorithms.csv",
        "limits.csv",
        "calendar.csv",
        "shifts.csv",
        "roster.csv",
        "accounts.csv",
        "indicators.csv",
        "feeds.json",
        "basemap/water.geojson",
        "basemap/green.geojson",
        "basemap/roads.geojson",
        "basemap/buildings.geojson",
        "basemap/labels.geojson",
      ]),
    );
  });

  it("has limits and a calendar that a hub can read", () => {
    const limits = readLimits(files["limits.csv"]!, city.categories);
    expect(limits).toHaveLength(city.limits.length);
    expect(readCalendar(files["calendar.csv"]!)).toEqual(city.calendar);
  });

  it("has somebody on every shift of every day, by tables that a hub can read", () => {
    const shifts = readShifts(files["shifts.csv"]!);
    expect(shiftFlaws(shifts)).toEqual([]);
    const centres = city.departments
      .filter(({ role }) => role === "district")
      .map(({ code }) => code);
    expect(centres).toHaveLength(7);
    const rows = readRoster(files["roster.csv"]!, shifts, { centres });
    const plan = createShiftPlan(shifts, createZone(city.timeZone));
    for (const centre of [null, ...centres]) {
      const own = rows.filter((row) => row.centre === centre);
      const dates = [...new Set(own.map(({ date }) => date))];
      expect(dates).toHaveLength(centre === null ? 730 : 64);
      expect(dates).toContain("2026-11-06");
      expect(plan.gaps(dates, own)).toEqual([]);
    }
  });

  it("gives whoever works in another district and bureau an account that a hub can read", () => {
    const accounts = readAccounts(files["accounts.csv"]!, city);
    expect(accounts.filter(({ isStaff }) => !isStaff)).toHaveLength(9);
    expect(accounts.filter(({ isStaff }) => isStaff)).toHaveLength(8);
    const { login, scope } = accounts.find(
      ({ role }) => role === "dutyOfficer",
    )!;
    expect(scope).toEqual({
      ...{ departments: null, districts: [city.districts[1]!.code] },
    });
    expect(files["roster.csv"]).toContain(login);
  });

  it("is no larger than a wall loads gladly, with six decimals at most", () => {
    let bytes = 0;
    for (const [name, text] of Object.entries(files)) {
      if (!name.endsWith(".geojson")) continue;
      expect(() => JSON.parse(text) as unknown, name).not.toThrow();
      expect(/-?\d+\.\d{7,}/.exec(text)?.[0], name).toBeUndefined();
      if (name.startsWith("basemap/")) bytes += Buffer.byteLength(text);
    }
    expect(bytes).toBeLessThan(4_200_000);
    expect(bytes).toBeGreaterThan(1_000_000);
  });

  it("writes tables that a stranger reads back as they were", () => {
    const rows = parse<Record<string, string>>(files["departments.csv"] ?? "", {
      columns: true,
    });
    expect(rows.map(({ nameZh }) => nameZh)).toEqual(
      city.departments.map(({ nameZh }) => nameZh),
    );
    const [header] = (files["indicators.csv"] ?? "").split("\n");
    expect(header).toBe(
      "id,theme,themeEn,nameZh,nameEn,unit,direction,blue,yellow,orange,red,hysteresis,ownerDept,every,staleAfter,precision,source,metric,kind,system,aggregate,windowKind,window,step,weightBy,percentile,where,formula,least,baseline,scopes,target,priority,category,opensIncident,note",
    );
  });

  it("draws every road piece once, from end to end", () => {
    const roads = JSON.parse(files["basemap/roads.geojson"] ?? "") as {
      features: {
        properties: { class: string; name: string };
        geometry: { coordinates: Position[] };
      }[];
    };
    const drawn = roads.features.reduce(
      (sum, { geometry }) => sum + geometry.coordinates.length - 1,
      0,
    );
    const built = city.roads.edges.reduce(
      (sum, { line }) => sum + line.length - 1,
      0,
    );
    expect(drawn).toBe(built);
    expect(roads.features[0]?.properties).toMatchObject({
      class: "快速路",
      name: "内环快速路",
    });
  });
});
