/** The engines that the store's suite runs over, each with empty stores to give. */
import pg from "pg";
import { afterAll } from "vitest";
import { makeFolder } from "../kit/folder.ts";
import { startPostgres, type Postgres } from "../kit/postgres.ts";

export interface Engine {
  name: "sqlite" | "postgres";
  start(): Promise<Room>;
}

export interface Room {
  /** URL of an empty store. */
  empty(): Promise<string>;
  /** PostgreSQL only: the server itself. */
  server: Postgres | null;
  stop(): Promise<void>;
}

export const sqlite: Engine = {
  name: "sqlite",
  start() {
    const folder = makeFolder("store");
    let stores = 0;
    return Promise.resolve({
      empty: () =>
        Promise.resolve(`sqlite:${folder.path}/city-${++stores}/city.db`),
      server: null,
      stop: () => folder.remove(),
    });
  },
};

export const postgres: Engine = {
  name: "postgres",
  async start() {
    const server = await startPostgres();
    let stores = 0;
    return {
      async empty() {
        const name = `city_${++stores}`;
        const client = new pg.Client(server.url);
        await client.connect();
        await client.query(`CREATE DATABASE ${name}`);
        await client.end();
        const url = new URL(server.url);
        url.pathname = name;
        return url.href;
      },
      server,
      stop: () => server.stop(),
    };
  },
};

/**
 * The same engine for many suites of one file, at whose top this is called: a
 * PostgreSQL takes a second of a core to come up and go. Not for a suite that ends its server.
 */
export function shared(engine: Engine): Engine {
  let started: Promise<Room> | undefined;
  afterAll(async () => (await started)?.stop());
  return {
    name: engine.name,
    async start() {
      const room = await (started ??= engine.start());
      return { ...room, stop: () => Promise.resolve() };
    },
  };
}
