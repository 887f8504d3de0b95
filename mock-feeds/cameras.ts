import { draw } from "./world/chance.ts";
import { hashOf } from "./city/random.ts";
import type { Camera } from "./city/types.ts";
import { defineDepartment, type Duty, type Scene } from "./department.ts";

/** The video platform's catalogue, and cameras that go off and come back. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A camera is on or off for about this long. */
const SPELL = 3 * HOUR;
/** Share of cameras that are off at any time … */
const OFF = 0.013;
/** … and of those in the storm's core, where power fails. */
const OFF_IN_STORM = 0.05;

export const cameras = defineDepartment({
  id: "cameras",
  nameZh: "公共视频平台",
  duties: platform,
});

function platform({ city, world, seed }: Scene): Duty[] {
  const feed = "camera-catalogue";
  const salt = hashOf(`${seed}/cameras`);
  const told = new Map<string, boolean>();

  function online(camera: Camera, i: number, time: number): boolean {
    // Every camera's spells begin at another time, so that few change at once.
    const spell = Math.floor(time / SPELL + draw(salt, i));
    const luck = draw(salt + i, spell);
    const outage = world.storm(time).outage;
    const more =
      outage > 0
        ? OFF_IN_STORM * outage * world.stormShare(camera.at, time)
        : 0;
    return luck >= OFF + more;
  }

  const record = (camera: Camera, i: number, on: boolean) => ({
    id: camera.gbCode,
    name: camera.name,
    lng: camera.at[0],
    lat: camera.at[1],
    district: camera.district,
    department: camera.department,
    scene: camera.scene,
    industry: camera.industry,
    shareScope: camera.shareScope,
    address: camera.address,
    ptzType: camera.ptzType,
    direction: camera.heading,
    online: on,
    // One clip stands for every picture of this city that does not exist.
    stream:
      i % 2 === 0
        ? { kind: "mp4", url: "/clip/sample.mp4" }
        : { kind: "hls", url: "/clip/sample.m3u8" },
  });

  return [
    {
      feed,
      every: DAY,
      pace: "wall",
      report: ({ time }) =>
        city.cameras.map((camera, i) => {
          const on = online(camera, i, time);
          told.set(camera.gbCode, on);
          return record(camera, i, on);
        }),
    },
    {
      feed,
      every: MINUTE,
      count: city.cameras.length,
      snapshot: false,
      report({ time }, from, to) {
        const changed: unknown[] = [];
        for (let i = from; i < to; i++) {
          const camera = city.cameras[i]!;
          const on = online(camera, i, time);
          if (told.get(camera.gbCode) === on) continue;
          told.set(camera.gbCode, on);
          changed.push(record(camera, i, on));
        }
        return changed;
      },
    },
  ];
}
