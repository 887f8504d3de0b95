import type { City } from "./city/types.ts";
import type { World } from "./world/world.ts";

/** What a department knows when it starts work. */
export interface Scene {
  city: City;
  /** Weather, traffic and the storm, the same for every department. */
  world: World;
  seed: number;
}

/** When a report is made. All in epoch ms. */
export interface Moment {
  /** The time on the stamp of what is sent: real time. */
  at: number;
  /** The time in the city, which `--speed` may let run faster. */
  time: number;
  /** City time of this object's report before; equal to `time` in the first. */
  previous: number;
  /** The real time of a city time. */
  wall(time: number): number;
}

/** Something a department reports again and again through one feed. */
export interface Duty {
  /** Feed id in the city pack's `feeds.json`. */
  feed: string;
  /** Between two reports of one object. `Infinity` reports once, at the start. */
  every: number;
  /** `city`: follows `--speed`. `wall`: always real time, like things that move on the map. */
  pace?: "city" | "wall";
  /** Objects that report; they are spread over the period. Default 1. */
  count?: number;
  /** Names what the other feeds speak of; sent before everything else. */
  catalogue?: boolean;
  /** Does everything report at once at the start, so that the wall is alive? Default yes. */
  snapshot?: boolean;
  /** Items of the objects `from` … `to − 1`, in the feed's format. */
  report(moment: Moment, from: number, to: number): unknown[];
}

/** A department's own system: one small program that knows nothing of the hub. */
export interface Department {
  /** Its word in `--only`. */
  id: string;
  nameZh: string;
  duties(scene: Scene): Duty[];
}

export const defineDepartment = (department: Department): Department =>
  department;
