/** What happens while the store or the broker is away, and when it is back (reliability.md). */
import Database from "better-sqlite3";
import mqtt from "mqtt";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openFollower } from "../kit/follower.ts";
import { startHub } from "../kit/hub.ts";
import { startMosquitto } from "../kit/mosquitto.ts";
import { startPostgres } from "../kit/postgres.ts";
import {
  eventually,
  FLOW_CITY,
  historyOf,
  only,
  reading,
  told,
} from "./city.ts";

it("answers 503 while PostgreSQL is away, keeps the picture, and takes again without a restart", async () => {
  const postgres = await startPostgres();
  const hub = await startHub({ city: FLOW_CITY, databaseUrl: postgres.url });
  const wall = await openFollower(hub.url, await hub.signIn());
  const at = Date.now();
  await told(hub, "air", [reading("O-1", at, 1)]);

  await postgres.kill();
  const refused = await eventually(
    () => hub.post("air", [reading("O-1", at + 1, 2)]),
    (reply) => reply.status === 503,
  );
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  const room = await wall.follow("sensors", only("O-1"));
  expect(room.items.has("test/O-1")).toBe(true);

  await postgres.restart();
  await eventually(
    () => hub.post("air", [reading("O-1", at + 2, 3)]),
    (reply) => reply.status === 200,
  );
  const kept = await historyOf(hub, "O-1", at);
  expect(kept).toContainEqual([at, 1]);
  expect(kept).toContainEqual([at + 2, 3]);
  wall.close();
  await hub.stop();
  await postgres.stop();
});

it("answers 500 to the one message that the store cannot keep, and takes all others", async () => {
  const hub = await startHub({ city: FLOW_CITY });
  const at = Date.now();
  const file = new Database(join(hub.dataDir, "chengshu.db"));
  file.exec("ALTER TABLE warnings RENAME TO warnings_lost");
  const sent = new Date(at).toISOString().slice(0, 19) + "Z";
  const warn = () =>
    hub.post(
      "weather",
      `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>a</identifier><sender>office@test</sender><sent>${sent}</sent>
<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><category>Met</category><event>雨</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Likely</certainty></info></alert>`,
      { headers: { "content-type": "application/cap+xml" } },
    );
  expect((await warn()).status).toBe(500);
  await eventually(
    () => Promise.resolve(hub.output()),
    (output) => output.includes("no such table: warnings"),
  );
  await told(hub, "air", [reading("O-3", at, 1)]);
  expect((await warn()).status).toBe(500);
  await told(hub, "air", [reading("O-3", at + 1, 2)]);
  file.exec("ALTER TABLE warnings_lost RENAME TO warnings");
  file.close();
  expect((await warn()).status).toBe(200);
  await hub.stop();
});

it("hears again what came while the broker or the hub was away", async () => {
  const broker = await startMosquitto();
  const hub = await startHub({ city: FLOW_CITY, mqttUrl: broker.url });
  const at = Date.now();
  const tell = async (i: number) => {
    const sender = await mqtt.connectAsync(broker.url);
    await sender.publishAsync(
      "city/air-mqtt/1",
      JSON.stringify(reading("O-2", at + i, i)),
      { qos: 1 },
    );
    await sender.endAsync();
  };
  const heard = (count: number) =>
    eventually(
      () => historyOf(hub, "O-2", at),
      (seen) => seen.length === count,
    );
  await tell(1);
  await heard(1);

  await broker.pause();
  await broker.restart();
  await tell(2);
  await heard(2);

  await hub.kill();
  await tell(3);
  await hub.restart();
  expect(await heard(3)).toEqual([
    [at + 1, 1],
    [at + 2, 2],
    [at + 3, 3],
  ]);
  await hub.stop();
  await broker.stop();
});
