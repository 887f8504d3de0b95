/** The devices of the city's lifelines: each that alarms is an incident within five seconds, with device, reading, threshold and place. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Incident } from "../../contract/incident.ts";
import { indicatorRow, PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { eventually, told } from "./city.ts";

/** The rows of the demo's catalogue whose levels are a device's own: limits blue and red, and a reading beyond red. */
const LIFELINES = [
  ["util.gasAdjacent", "相邻空间甲烷浓度", "L", 0.25, 2.5, 3],
  ["water.pipePressureMin", "供水管网压力", "H", 0.2, 0.1, 0.05],
  ["water.pondingDepth", "道路积水深度", "L", 15, 60, 72],
  ["util.roadSettle", "路面沉降速率", "L", 2, 10, 12],
] as const;
const metricOf = (id: string) => id.split(".")[1]!;
const HOUR = "3600000";
/** ms from the acknowledged reading to the incident (row 20 of the city plans). */
const PROMISED = 5_000;

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({
    city: {
      feeds: [
        { id: "catalogue", format: "sensors/1" },
        { id: "devices", format: "readings/1" },
      ],
      indicators: LIFELINES.map(([id, nameZh, direction, blue, red]) =>
        indicatorRow({
          ...{ id, nameZh, direction, blue: `${blue}`, red: `${red}` },
          ...{ metric: metricOf(id), kind: metricOf(id) },
          ...{ aggregate: direction === "H" ? "min" : "max", window: "" },
          ...{ windowKind: "latest", scopes: "city;district;object" },
          ...{ every: HOUR, staleAfter: HOUR, opensIncident: "true" },
          ...{ priority: "1", category: "pothole" },
        }),
      ),
    },
  });
  await told(
    hub,
    "catalogue",
    LIFELINES.map(([id]) => ({
      ...{ id: `dev-${metricOf(id)}`, name: `${metricOf(id)} 点位` },
      ...{ kind: metricOf(id), ...PLACES.east },
      metrics: [{ metric: metricOf(id), unit: "1", period: 3_600_000 }],
    })),
  );
});
afterAll(() => hub?.stop());

it.each(LIFELINES)(
  "%s: %s beyond its red limit opens one within five seconds",
  async (id, nameZh, _direction, _blue, red, value) => {
    const metric = metricOf(id);
    await told(hub, "devices", [
      { sensor: `dev-${metric}`, metric, at: Date.now(), value },
    ]);
    const begun = performance.now();
    const cookie = await hub.signIn("shiftLeader");
    const found = await eventually(
      async () =>
        (
          await ask<{ items: Incident[] }>(
            ...([hub, "GET", "/api/incidents?limit=100", { cookie }] as const),
          )
        ).body.items.find(({ sensor }) => sensor === `test/dev-${metric}`),
      (incident) => incident !== undefined,
    );
    expect(performance.now() - begun).toBeLessThan(PROMISED);
    expect(found).toMatchObject({
      ...{ source: "alarm", priority: 1, ...PLACES.east },
      address: `${metric} 点位`,
      title: expect.stringContaining(`${nameZh} ${value}`) as string,
    });
    expect(found!.title).toContain(`阈值 ${red}`);
  },
);
