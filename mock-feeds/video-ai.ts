import { times } from "./world/chance.ts";
import { toPoint } from "./city/plane.ts";
import { algorithmOf } from "./city/pack.ts";
import type { Random } from "./city/random.ts";
import type { Camera, Category } from "./city/types.ts";
import { defineDepartment, type Scene } from "./department.ts";
import { createIncidentStream, handlingTime } from "./content/incidents.ts";
import { isoIn } from "./world/zone.ts";

/** What algorithms see in the cameras' pictures, each with its confidence. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Sightings in an hour of full daylight. */
const PER_HOUR = 55;
/** Sightings of water in a minute, when the streets are at their worst. */
const WATER_PER_MINUTE = 6;
const HANDLED_WITHIN = 1.2 * HOUR;
/** A camera sees its surroundings this far, metres. */
const IN_SIGHT = 700;

export const videoAi = defineDepartment({
  id: "video-ai",
  nameZh: "视频智能分析",
  duties: (scene) => [
    { feed: "video-ai", every: 1000, report: sightings(scene) },
  ],
});

function sightings({ city, world, seed }: Scene) {
  const outside = city.cameras.filter(({ secrecy }) => secrecy === 0);
  const seen = city.categories.filter(({ aiLabels }) => aiLabels.length > 0);
  const water = seen.find(({ nameZh }) => nameZh.includes("积水"));
  const usual = seen.filter((category) => category !== water);
  const atWater = camerasAt(
    outside,
    city.roads.underpasses
      .toSorted((a, b) => b.risk - a.risk)
      .slice(0, 14)
      .map(({ at }) => at),
  );

  return createIncidentStream({
    seed,
    name: "video-ai",
    timeZone: city.timeZone,
    minute(random, from) {
      const sighting = (
        category: Category,
        camera: Camera,
        n: number,
        handled: number,
      ) => {
        const at = from + random.next() * MINUTE;
        const stamp = isoIn(city.timeZone, at).slice(0, 16).replace(/\D/g, "");
        const label = random.pick(category.aiLabels);
        const externalId = `AI${stamp}${String(n).padStart(2, "0")}`;
        return {
          at,
          endsAt: at + handlingTime(random, handled),
          report: {
            externalId,
            source: "videoAi",
            category: category.code,
            title: `${label}:${camera.name}`,
            description: `算法识别到${label},点位${camera.name},请人工确认。`,
            level: category.priority,
            lng: camera.at[0],
            lat: camera.at[1],
            address: camera.address,
            camera: camera.gbCode,
            confidence: Math.round((0.62 + 0.36 * random.next()) * 100) / 100,
            attachments: [
              {
                url: `https://video-ai.jianglan.example/${externalId}.jpg`,
                kind: "photo",
              },
            ],
            ai: { algorithmCode: algorithmOf(category), box: boxIn(random) },
          },
        };
      };
      const rate = (PER_HOUR * world.bustle(from)) / 60;
      const all = Array.from({ length: times(random, rate) }, (_, n) =>
        sighting(random.pick(usual), random.pick(outside), n, HANDLED_WITHIN),
      );
      const { streets } = world.storm(from + MINUTE / 2);
      if (water && atWater.length > 0 && streets > 0.15)
        for (let n = times(random, WATER_PER_MINUTE * streets); n > 0; n--)
          all.push(sighting(water, random.pick(atWater), 50 + n, HOUR / 2));
      return all;
    },
  });
}

/** Where in the picture: a tenth to a third of it, wholly inside. */
function boxIn(random: Random) {
  const share = (most: number) => Math.round(random.next() * most * 1e3) / 1e3;
  const [width, height] = [0.1 + share(0.2), 0.1 + share(0.2)];
  return { x: share(0.6), y: share(0.6), width, height };
}

/** Cameras that look at one of these places. */
function camerasAt(
  cameras: readonly Camera[],
  places: readonly (readonly [number, number])[],
): Camera[] {
  const points = places.map((at) => toPoint([at[0], at[1]]));
  return cameras.filter((camera) => {
    const [x, y] = toPoint(camera.at);
    return points.some(([px, py]) => Math.hypot(px - x, py - y) < IN_SIGHT);
  });
}
