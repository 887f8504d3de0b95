/** Collects the HTTP doors that each noun declares. */
import { cameraDoors } from "./camera.ts";
import { cityDoors } from "./city.ts";
import { feedDoors } from "./feed.ts";
import { hubDoors } from "./hub.ts";
import { incidentDoors } from "./incident.ts";
import { indicatorDoors } from "./indicator.ts";
import { screenDoors } from "./screen.ts";
import { sensorDoors } from "./sensor.ts";
import { sessionDoors } from "./session.ts";

export const api = {
  ...sessionDoors,
  ...cityDoors,
  ...screenDoors,
  ...indicatorDoors,
  ...sensorDoors,
  ...incidentDoors,
  ...cameraDoors,
  ...feedDoors,
  ...hubDoors,
};
export type Api = typeof api;
export type DoorName = keyof Api;
