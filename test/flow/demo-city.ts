/** The demo's own city behind a real hub: for what its tables promise, not a test's. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import type { StepName } from "../../contract/step.ts";
import { SECOND } from "../../contract/time.ts";
import { writeCityPack } from "../../mock-feeds/city/pack.ts";
import type { City, Sensor } from "../../mock-feeds/city/types.ts";
import { openCity } from "../../mock-feeds/city-model.ts";
import { ownFolder } from "../../mock-feeds/control.ts";
import { makeFolder } from "../kit/folder.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, type Asked } from "../kit/staff.ts";
import { told } from "./city.ts";

const SEED = 42;

export interface DemoCity {
  city: City;
  hub: Hub;
  /** The first sensor of a kind. @throws where the city has none */
  sensorOf(kind: string): Sensor;
  stop(): Promise<void>;
}

/** @param quick rows whose levels fall within seconds: they take two periods for it, which may be hours */
export async function startDemoCity({
  quick = [],
}: { quick?: readonly string[] } = {}): Promise<DemoCity> {
  const models = await ownFolder(join(tmpdir(), "chengshu-models"));
  const city = await openCity(SEED, models);
  const folder = makeFolder("demo-city");
  // All by HTTP: what a table says does not depend on how a reading came.
  const feeds = city.feeds.map((feed) => ({
    ...{ ...feed, transport: "http" as const },
  }));
  const indicators = city.indicators.map((row) => ({
    ...{ ...row, every: quick.includes(row.id) ? SECOND : row.every },
  }));
  await writeCityPack({ ...city, feeds, indicators }, folder.path, Date.now());
  const hub = await startHub({ city: { cityDir: folder.path } });
  return {
    ...{ city, hub },
    sensorOf(kind) {
      const found = city.sensors.find((sensor) => sensor.kind === kind);
      if (!found) throw new Error(`the demo's city has no ${kind}`);
      return found;
    },
    async stop() {
      await hub.stop();
      await folder.remove();
    },
  };
}

/** Tells the hub of sensors of one system, as their catalogue does. */
export const register = (hub: Hub, sensors: Sensor[]) =>
  told(
    hub,
    `${sensors[0]!.system}-catalogue`,
    sensors.map(({ at: [lng, lat], id, name, kind, ...sensor }) => ({
      ...{ id, name, kind, lng, lat, district: sensor.district },
      ...{ metrics: sensor.metrics, attributes: sensor.attributes },
    })),
  );

/** The incidents that a sensor's alarms opened, the newest first. */
export async function incidentsOf(
  hub: Hub,
  { system, id }: Pick<Sensor, "system" | "id">,
): Promise<Incident[]> {
  const cookie = await hub.signIn("shiftLeader");
  const path = "/api/incidents?source=alarm&limit=500";
  const { body } = await ask<{ items: Incident[] }>(hub, "GET", path, {
    cookie,
  });
  return body.items.filter(({ sensor }) => sensor === `${system}/${id}`);
}

export async function viewOf(hub: Hub, id: string): Promise<IncidentView> {
  const cookie = await hub.signIn("shiftLeader");
  const path = `/api/incidents/${id}`;
  return (await ask<IncidentView>(hub, "GET", path, { cookie })).body;
}

/** Takes a step on what the incident is now. @param cookie whose hand it is */
export async function take(
  hub: Hub,
  id: string,
  {
    cookie,
    step,
    body = {},
  }: { cookie: string; step: StepName; body?: object },
): Promise<Asked<{ detail?: string }>> {
  const { rev } = (await viewOf(hub, id)).incident;
  return ask(hub, "POST", `/api/incidents/${id}/steps`, {
    ...{ cookie, body: { rev, asked: { step, body } } },
  });
}
