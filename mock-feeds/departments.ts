import { air } from "./air.ts";
import { bureaus } from "./bureaus.ts";
import { cameras } from "./cameras.ts";
import { catalogue } from "./catalogue.ts";
import type { Department } from "./department.ts";
import { hotline } from "./hotline.ts";
import { hydrology } from "./hydrology.ts";
import { iot } from "./iot.ts";
import { lifeline } from "./lifeline.ts";
import { traffic } from "./traffic.ts";
import { urban } from "./urban.ts";
import { vehicles } from "./vehicles.ts";
import { vessels } from "./vessels.ts";
import { videoAi } from "./video-ai.ts";
import { weather } from "./weather.ts";

/** Every department's program, in the order in which they start. */
export const DEPARTMENTS: readonly Department[] = [
  catalogue,
  air,
  weather,
  hydrology,
  traffic,
  lifeline,
  iot,
  vehicles,
  vessels,
  cameras,
  hotline,
  urban,
  videoAi,
  bureaus,
];
