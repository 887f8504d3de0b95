/** A store belongs to one hub at a time, and to no move meanwhile. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { builtProgram } from "../kit/built.ts";
import { startChild } from "../kit/child.ts";
import { makeFolder } from "../kit/folder.ts";
import { startHub } from "../kit/hub.ts";
import { startPostgres } from "../kit/postgres.ts";
import { eventually, FLOW_CITY, reading, told } from "./city.ts";

const IN_USE = /The store .* is in use: a hub runs on it/;

async function move(from: string, to: string): Promise<[number, string]> {
  const child = startChild(process.execPath, [
    ...[builtProgram("store-move"), "--from", from, "--to", to],
  ]);
  return [(await child.exited)!, child.output()];
}

it("is neither run twice nor moved while a hub runs on its SQLite file", async () => {
  const folder = makeFolder("one-hub");
  const dataDir = join(folder.path, "data");
  const hub = await startHub({ city: FLOW_CITY, dataDir });
  const file = `sqlite:${dataDir}/chengshu.db`;
  const other = `sqlite:${folder.path}/other/city.db`;

  await expect(startHub({ city: FLOW_CITY, dataDir })).rejects.toThrow(IN_USE);
  for (const [from, to] of [
    [file, other],
    [file, file],
  ] as const) {
    const [code, output] = await move(from, to);
    expect(output).toMatch(IN_USE);
    expect(code).toBe(1);
  }
  await told(hub, "air", [reading("H-1", Date.now(), 1)]);

  // The system frees what a killed hub held.
  await hub.kill();
  const [code, output] = await move(file, other);
  expect(code, output).toBe(0);
  const [back, why] = await move(other, file);
  expect(why).toMatch(/is not empty/);
  expect(back).toBe(1);
  await hub.stop();
  await folder.remove();
});

it("is neither run twice nor moved while a hub runs on its PostgreSQL, which may be away", async () => {
  const folder = makeFolder("one-hub");
  const postgres = await startPostgres();
  const databaseUrl = postgres.url;
  const hub = await startHub({ city: FLOW_CITY, databaseUrl });
  const other = `sqlite:${folder.path}/other.db`;
  const isRefused = async () => {
    await expect(startHub({ city: FLOW_CITY, databaseUrl })).rejects.toThrow(
      IN_USE,
    );
    const [code, output] = await move(databaseUrl, other);
    expect(output).toMatch(IN_USE);
    expect(code).toBe(1);
  };

  await isRefused();
  await postgres.kill();
  await postgres.restart();
  await eventually(
    () => hub.post("air", [reading("H-2", Date.now(), 1)]),
    ({ status }) => status === 200,
  );
  await isRefused();

  expect(await hub.end()).toBe(0);
  const [code, output] = await move(databaseUrl, other);
  expect(code, output).toBe(0);
  await hub.stop();
  await postgres.stop();
  await folder.remove();
});
