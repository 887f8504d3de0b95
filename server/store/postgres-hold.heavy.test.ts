/** A hub that lost its connection to PostgreSQL on its own side is not put out by its own ghost. */
import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import pg from "pg";
import { expect, it } from "vitest";
import { startPostgres } from "../../test/kit/postgres.ts";
import { holdPostgres } from "./postgres-hold.ts";

it("holds again what a connection still has that was cut on the hub's side alone", async () => {
  const postgres = await startPostgres();
  const target = Number(new URL(postgres.url).port);
  const onlooker = new pg.Client(postgres.url);
  await onlooker.connect();
  const holder = async () => {
    const { rows } = await onlooker.query<{ pid: number }>(
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted",
    );
    return rows[0]?.pid ?? null;
  };
  const cuts: Socket[] = [];
  const way = createServer((near) => {
    // Not told that the near side is gone: as when a router forgets a connection.
    const far = connect(target, "127.0.0.1");
    near.on("data", (bytes) => far.write(bytes)).on("error", () => undefined);
    far.on("data", (bytes) => near.write(bytes)).on("error", () => undefined);
    far.on("close", () => near.destroy());
    cuts.push(near);
  });
  await new Promise<void>((ready) => way.listen(0, "127.0.0.1", ready));
  const url = new URL(postgres.url);
  url.port = String((way.address() as AddressInfo).port);

  const taken: string[] = [];
  const hold = await holdPostgres(url.href, (why) => taken.push(why));
  const ghost = await holder();
  cuts[0]!.destroy();
  await expect
    .poll(holder, { timeout: 10_000 })
    .toSatisfy((pid) => pid !== null && pid !== ghost);
  // Another hub finds it in use, as before.
  await expect(holdPostgres(postgres.url, () => undefined)).rejects.toThrow(
    "in use",
  );
  expect(taken).toEqual([]);
  await hold.release();
  await (await holdPostgres(postgres.url, () => undefined)).release();
  way.close();
  await onlooker.end();
  await postgres.stop();
}, 60_000);
