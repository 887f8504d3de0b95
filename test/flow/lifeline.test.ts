/**
 * The devices of the city's lifelines (row 20 of the city plans): the rows of
 * the demo's catalogue hold each of the seven risks, and each device beyond a
 * limit is an incident within five seconds, with device, reading, threshold
 * and place.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Incident } from "../../contract/incident.ts";
import { createCategories } from "../../mock-feeds/city/categories.ts";
import { createIndicators } from "../../mock-feeds/city/indicators/indicators.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { eventually, told } from "./city.ts";

/** The risk, the row that is to tell of it, and a reading beyond its red limit. */
const RISKS = [
  ["燃气爆炸", "util.gasAdjacent", 3],
  ["燃气爆炸", "util.gasLeak", 1],
  ["供水爆管", "water.pipePressureMin", 0.05],
  ["城市内涝", "water.pondingDepth", 72],
  ["地下管线交互风险", "util.tunnelLevel", 4],
  ["第三方施工破坏", "util.worksVibration", 24],
  ["桥梁倒塌", "util.bridgeLevel", 4],
  ["道路塌陷", "util.roadSettle", 12],
] as const;
const SEVEN = 7;
const HOUR = 3_600_000;
/** ms from the acknowledged reading to the incident. */
const PROMISED = 5_000;

const catalogue = new Map(
  createIndicators(createCategories().categories).map((row) => [row.id, row]),
);
const rowOf = (id: string) => {
  const found = catalogue.get(id);
  if (!found) throw new Error(`the demo's catalogue has no ${id}`);
  return found;
};
const deviceOf = (id: string) => `dev-${rowOf(id).kind}`;

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({
    city: {
      feeds: [
        { id: "catalogue", format: "sensors/1" },
        { id: "devices", format: "readings/1" },
      ],
      // As they are, but of the test's own bureau, system and category.
      indicators: RISKS.map(([, id]) => ({
        ...(Object.fromEntries(
          Object.entries(rowOf(id)).map(([column, cell]) => [
            column,
            String(cell),
          ]),
        ) as Record<string, string>),
        ...{ id, ownerDept: "TEST", system: "", category: "pothole" },
        ...{ every: String(HOUR), staleAfter: String(HOUR) },
      })),
    },
  });
  await told(
    hub,
    "catalogue",
    RISKS.map(([, id]) => ({
      ...{ id: deviceOf(id), name: `${rowOf(id).kind} 点位` },
      ...{ kind: rowOf(id).kind, ...PLACES.east },
      metrics: [{ metric: rowOf(id).metric, unit: "1", period: HOUR }],
    })),
  );
});
afterAll(() => hub?.stop());

it("the catalogue has all seven, each at the device itself", () => {
  expect(new Set(RISKS.map(([risk]) => risk)).size).toBe(SEVEN);
  for (const [, id] of RISKS)
    expect(rowOf(id), id).toMatchObject({
      ...{ opensIncident: true, windowKind: "latest" },
      scopes: expect.stringContaining("object") as string,
    });
});

it.each(RISKS)(
  "%s: %s beyond its red limit opens one within five seconds",
  async (_risk, id, value) => {
    const { nameZh, metric, red } = rowOf(id);
    const device = deviceOf(id);
    await told(hub, "devices", [
      { sensor: device, metric, at: Date.now(), value },
    ]);
    const begun = performance.now();
    const cookie = await hub.signIn("shiftLeader");
    const found = await eventually(
      async () =>
        (
          await ask<{ items: Incident[] }>(
            ...([hub, "GET", "/api/incidents?limit=100", { cookie }] as const),
          )
        ).body.items.find(({ sensor }) => sensor === `test/${device}`),
      (incident) => incident !== undefined,
    );
    expect(performance.now() - begun).toBeLessThan(PROMISED);
    expect(found).toMatchObject({
      ...{ source: "alarm", ...PLACES.east },
      address: `${rowOf(id).kind} 点位`,
      title: expect.stringContaining(`${nameZh} ${value}`) as string,
    });
    expect(found!.title).toContain(`阈值 ${red}`);
  },
);
