/** Alarms of key vehicles over the feed's own door (row 151 of the city plans): within five seconds, once, closed by their end. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Incident, IncidentView } from "../../contract/incident.ts";
import { MINUTE, SECOND } from "../../contract/time.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { eventually, told } from "./city.ts";

const row = (kind: string, kindZh: string, alarm: string) => ({
  ...{ kind, alarm, kindZh, alarmZh: alarm },
  ...{ category: "pothole", priority: "2" },
});
const MOST = 20;
/** ms from the acknowledged position to the incident. */
const PROMISED = 5 * SECOND;

let hub: Hub;
let cookie: string;
beforeAll(async () => {
  hub = await startHub({
    city: {
      feeds: [
        { id: "keys", format: "positions/1", expectEvery: MINUTE },
        { id: "air" },
      ],
      objectAlarms: [
        row("coach", "班线客车", "疲劳驾驶"),
        row("tourBus", "旅游包车", "偏离路线"),
        row("hazmat", "危化品车", "超速"),
        row("freight", "重型货车", "超速"),
      ],
    },
    env: { MAX_OBJECT_ALARMS: String(MOST) },
  });
  cookie = await hub.signIn("shiftLeader");
});
afterAll(() => hub?.stop());

const car = (
  object: string,
  kind: string,
  ago: number,
  alarms: string[],
  more: object = {},
) => ({
  ...{ object, kind, at: Date.now() - ago, ...PLACES.west, speed: 96, alarms },
  ...more,
});
const incidents = async () =>
  (
    await ask<{ items: Incident[] }>(
      ...([hub, "GET", "/api/incidents?limit=500", { cookie }] as const),
    )
  ).body.items;
const of = (object: string) => async () =>
  (await incidents()).filter(({ sensor }) => sensor === `test/${object}`);
const view = async (id: string) =>
  (await ask<IncidentView>(hub, "GET", `/api/incidents/${id}`, { cookie }))
    .body;

it.each([
  ["coach", "班线客车", "疲劳驾驶"],
  ["tourBus", "旅游包车", "偏离路线"],
  ["hazmat", "危化品车", "超速"],
  ["freight", "重型货车", "超速"],
])(
  "a %s that alarms is an incident within five seconds, with device, kind, alarm and place",
  async (kind, kindZh, alarm) => {
    const object = `澜A-${kind}`;
    await told(hub, "keys", [car(object, kind, 60_000, [alarm])]);
    const begun = performance.now();
    const [found] = await eventually(of(object), ({ length }) => length > 0);
    expect(performance.now() - begun).toBeLessThan(PROMISED);
    expect(found).toMatchObject({
      ...{ source: "iotAlarm", category: "pothole", priority: 2 },
      ...{ title: `${kindZh} ${object} ${alarm}`, status: "reported" },
      ...{ ...PLACES.west, district: DISTRICTS.west.code, department: "TEST" },
      sensor: `test/${object}`,
    });
    expect(found!.description).toContain(kind);
  },
);

it("is one incident while it lasts, over a kill too, and is closed by its end", async () => {
  const object = "澜A-hazmat";
  for (const ago of [50, 40, 39])
    await told(hub, "keys", [car(object, "hazmat", ago * SECOND, ["超速"])]);
  await hub.kill();
  await hub.restart();
  await told(hub, "keys", [car(object, "hazmat", 38 * SECOND, ["超速"])]);
  expect(await of(object)()).toMatchObject([{ status: "reported" }]);
  await told(hub, "keys", [car(object, "hazmat", 0, [])]);
  const [closed, ...others] = await eventually(
    of(object),
    ([incident]) => incident?.status === "closed",
  );
  expect(others).toEqual([]);
  const { history } = await view(closed!.id);
  expect(history.map(({ what, who }) => [what, who])).toEqual([
    ["reported", "feed:(object-alarm)"],
    ["alarmCleared", "alarm"],
  ]);
  expect(history.at(-1)!.facts).toMatchObject({ alarm: "超速" });
});

it("opens none for an alarm that the city's table does not name", async () => {
  await told(hub, "keys", [
    car("澜A-tyre", "hazmat", 60_000, ["胎压异常"]),
    car("澜A-after", "hazmat", 60_000, ["超速"]),
  ]);
  await eventually(of("澜A-after"), ({ length }) => length > 0);
  expect(await of("澜A-tyre")()).toEqual([]);
});

it("a storm of two thousand vehicles opens as many as may stand, says so, and holds nobody else up", async () => {
  const storm = Array.from({ length: 2_000 }, (_, i) =>
    car(`storm-${i}`, "freight", 60_000, ["超速"]),
  );
  expect(await told(hub, "keys", storm)).toMatchObject({ accepted: 2_000 });
  const begun = performance.now();
  await told(hub, "air", [
    { sensor: "A", metric: "pm25", at: Date.now(), value: 1 },
  ]);
  expect(performance.now() - begun).toBeLessThan(PROMISED);
  const open = async () =>
    (await incidents()).filter(
      ({ source, status }) => source === "iotAlarm" && status === "reported",
    );
  const standing = await eventually(open, ({ length }) => length >= MOST);
  expect(standing).toHaveLength(MOST);
  expect(hub.output()).toContain("MAX_OBJECT_ALARMS");
});
