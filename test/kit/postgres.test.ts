import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type Postgres } from "./postgres.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function ask(sql: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

it("keeps what was committed when the server is killed and started again", async () => {
  await ask("CREATE TABLE bridge (name TEXT)");
  await ask("INSERT INTO bridge VALUES ('澜江大桥')");
  await postgres.kill();
  await expect(ask("SELECT 1")).rejects.toThrow();
  await postgres.restart();
  expect(await ask("SELECT * FROM bridge")).toEqual([{ name: "澜江大桥" }]);
});
