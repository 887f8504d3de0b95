import { CITY_CODE, createAreas, createCommunities } from "./areas.ts";
import { createBuildings } from "./buildings.ts";
import { createCalendar } from "./calendar.ts";
import { createCameras } from "./cameras.ts";
import { createCategories } from "./categories.ts";
import { createDepartments } from "./departments.ts";
import { createFairways } from "./fairways.ts";
import { createRivers } from "./grids.ts";
import { createFeeds } from "./feeds.ts";
import { createIndicators } from "./indicators/indicators.ts";
import { createLand } from "./land.ts";
import { createLocator } from "./locate.ts";
import { createMetro } from "./metro.ts";
import { createPlaces } from "./places.ts";
import { CENTRE } from "./plane.ts";
import { createRegions } from "./regions.ts";
import { createRoads } from "./roads.ts";
import { createSensors } from "./sensors/sensors.ts";
import { createSpotFinder } from "./spots.ts";
import { createGreen, createLabels, createWater } from "./surface.ts";
import type { City, District } from "./types.ts";

/**
 * The invented city 江澜市 Jianglan. The same seed gives the same city, down to
 * the last name; another seed gives another river bend, other borders, streets
 * and names on the same plan.
 */
export function createCity(seed: number): City {
  const land = createLand(seed);
  const regions = createRegions(seed, land);
  const { districts, towns } = createAreas(seed, land, regions);
  const locate = createLocator(regions, districts, towns);
  const communities = createCommunities(seed, land, regions, towns, locate);
  const roads = createRoads(seed, land, locate);
  const spots = createSpotFinder(land, roads, towns, communities, locate);
  const metro = createMetro(seed, land);
  const places = createPlaces(seed, spots);
  const { bridges, underpasses } = roads.network;
  const { categories, limits } = createCategories();
  const indicators = createIndicators(categories);
  const water = createWater(land);
  return {
    seed,
    nameZh: "江澜市",
    nameEn: "Jianglan",
    regionCode: CITY_CODE,
    platePrefix: "澜A",
    timeZone: "Asia/Shanghai",
    crs: "CGCS2000",
    centre: CENTRE,
    bounds: boundsOf(districts),
    districts,
    towns,
    communities,
    rivers: createRivers(seed, water),
    departments: createDepartments(),
    roads: roads.network,
    water,
    green: createGreen(land),
    buildings: createBuildings(seed, land, roads),
    metro,
    fairways: createFairways(land, locate),
    labels: createLabels(land, districts, towns),
    cameras: createCameras(seed, roads.network, places, spots),
    sensors: createSensors(seed, {
      spots,
      places,
      bridges,
      underpasses,
      metro,
    }),
    places,
    categories,
    limits,
    calendar: createCalendar(),
    indicators,
    feeds: createFeeds(indicators),
  };
}

function boundsOf(districts: readonly District[]): City["bounds"] {
  const bounds: City["bounds"] = [180, 90, -180, -90];
  for (const { ring } of districts)
    for (const [lng, lat] of ring) {
      bounds[0] = Math.min(bounds[0], lng);
      bounds[1] = Math.min(bounds[1], lat);
      bounds[2] = Math.max(bounds[2], lng);
      bounds[3] = Math.max(bounds[3], lat);
    }
  return bounds;
}
