/**
 * Floor of P2: takes the same bodies on bare node:http, parses them, finds each
 * sensor's number and commits one transaction a request to SQLite
 * (WAL, synchronous=FULL). No judging, no duplicates, no windows, no pushing.
 */
import Database from "better-sqlite3";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { makeFolder } from "../../test/kit/folder.ts";
import { answer } from "../../test/kit/program.ts";

interface Reading {
  sensor: string;
  at: number;
  value: number;
}

const folder = makeFolder("floor");
const db = new Database(join(folder.path, "floor.db"));
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec("CREATE TABLE reading (sensor INTEGER, at INTEGER, value REAL)");
const insert = db.prepare("INSERT INTO reading VALUES (?, ?, ?)");
const numbers = new Map<string, number>();

const commit = db.transaction((readings: Reading[]) => {
  for (const { sensor, at, value } of readings) {
    let no = numbers.get(sensor);
    if (no === undefined) numbers.set(sensor, (no = numbers.size));
    insert.run(no, at, value);
  }
});

const server = createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const readings = JSON.parse(Buffer.concat(chunks).toString()) as Reading[];
    commit(readings);
    reply.end(`{"accepted":${readings.length}}`);
  });
});

const commands = {
  async start(): Promise<number> {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  },
  async stop(): Promise<number> {
    const [{ rows } = { rows: 0 }] = db
      .prepare<[], { rows: number }>("SELECT count(*) AS rows FROM reading")
      .all();
    server.closeAllConnections();
    db.close();
    await folder.remove();
    return rows;
  },
};
export type HttpCommit = typeof commands;

answer(commands);
