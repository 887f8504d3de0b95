/** Collects what each noun declares; see the nouns for shapes. */
import { alarmsTopic } from "./alarm.ts";
import { cameraStatesTopic } from "./camera.ts";
import { dutyTopic } from "./duty.ts";
import { feedsTopic } from "./feed.ts";
import { incidentCountsTopic, incidentsTopic, queueTopic } from "./incident.ts";
import { indicatorsTopic } from "./indicator.ts";
import { positionsTopic } from "./position.ts";
import { presenceTopic } from "./presence.ts";
import { sensorsTopic, sensorStatesTopic } from "./sensor.ts";
import { warningsTopic } from "./warning.ts";

export const topics = {
  indicators: indicatorsTopic,
  alarms: alarmsTopic,
  sensors: sensorsTopic,
  sensorStates: sensorStatesTopic,
  incidents: incidentsTopic,
  incidentCounts: incidentCountsTopic,
  queue: queueTopic,
  presence: presenceTopic,
  duty: dutyTopic,
  warnings: warningsTopic,
  feeds: feedsTopic,
  positions: positionsTopic,
  cameraStates: cameraStatesTopic,
};
export type Topics = typeof topics;
export type TopicName = keyof Topics;
