/** Collects the HTTP doors that each noun declares. */
import { accountDoors } from "./account.ts";
import { areaDoors } from "./area.ts";
import { attachmentDoors } from "./attachment.ts";
import { alarmDoors } from "./alarm.ts";
import { algorithmDoors } from "./algorithm.ts";
import { auditDoors } from "./audit.ts";
import { cameraDoors } from "./camera.ts";
import { cityDoors } from "./city.ts";
import { deviceDoors } from "./device.ts";
import { dutyDoors } from "./duty.ts";
import { feedDoors } from "./feed.ts";
import { feedKeyDoors } from "./feed-key.ts";
import { filterDoors } from "./filter.ts";
import { hubDoors } from "./hub.ts";
import { incidentDoors } from "./incident.ts";
import { indicatorDoors } from "./indicator.ts";
import { presenceDoors } from "./presence.ts";
import { likenessDoors } from "./likeness.ts";
import { ruleDoors } from "./rule-table.ts";
import { rightsDoors } from "./rights.ts";
import { screenDoors } from "./screen.ts";
import { sensorDoors } from "./sensor.ts";
import { sessionDoors } from "./session.ts";
import { slowDoors } from "./slow.ts";
import { statisticsDoors } from "./statistics.ts";
import { webhookDoors } from "./webhook.ts";
import { workerDoors } from "./worker.ts";

export const api = {
  ...sessionDoors,
  ...cityDoors,
  ...areaDoors,
  ...screenDoors,
  ...indicatorDoors,
  ...alarmDoors,
  ...algorithmDoors,
  ...ruleDoors,
  ...sensorDoors,
  ...incidentDoors,
  ...likenessDoors,
  ...slowDoors,
  ...statisticsDoors,
  ...presenceDoors,
  ...workerDoors,
  ...filterDoors,
  ...attachmentDoors,
  ...dutyDoors,
  ...cameraDoors,
  ...feedDoors,
  ...feedKeyDoors,
  ...webhookDoors,
  ...accountDoors,
  ...rightsDoors,
  ...deviceDoors,
  ...auditDoors,
  ...hubDoors,
};
export type Api = typeof api;
export type DoorName = keyof Api;
