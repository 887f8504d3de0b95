/** Every kind of thing the map can show, bottom first. A new one is a file here and a line in this list. */
import { createAreas } from "./areas.ts";
import { createCameras } from "./cameras.ts";
import { createDistricts } from "./districts.ts";
import { createFlow } from "./flow.ts";
import { createIncidents } from "./incidents.ts";
import { createPositions } from "./positions.ts";
import { createSensors } from "./sensors.ts";
import { createWarnings } from "./warnings.ts";

export const createLayers = {
  districts: createDistricts,
  areas: createAreas,
  warnings: createWarnings,
  flow: createFlow,
  sensors: createSensors,
  cameras: createCameras,
  positions: createPositions,
  incidents: createIncidents,
};
