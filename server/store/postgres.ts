/** PostgreSQL as a `Db`: a pool to read, one connection at a time to write in order. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import {
  StoreDown,
  storable,
  type Db,
  type Row,
  type Statement,
  type Table,
  type Value,
} from "./db.ts";
import { createGroup } from "./group.ts";
import { migrations, pending } from "./migrations/index.ts";
import { postgresWords } from "./postgres-words.ts";
import { copyLine, definition, queries, withNumbers } from "./postgres-sql.ts";

const INT8 = 20;
pg.types.setTypeParser(INT8, Number);

/** Any number, as long as every hub uses the same. */
const MIGRATION_LOCK = 7_240_551;
const CONNECTIONS = 4;
/** After so long a server that says nothing is taken for gone, ms. */
const PATIENCE = 60_000;

type Copy = { table: string; columns: string[]; rows: Value[][] };
type Job = { statements: Statement[] } | { copy: Copy };

/** @throws StoreFromFuture, StoreDown */
export async function openPostgres(url: string): Promise<Db> {
  const server = connect(url);
  try {
    await server.withClient(migrate);
  } catch (error) {
    await server.pool.end();
    throw error;
  }
  return createDb(url, server);
}

/** A store that is open in another thread. */
export function borrowPostgres(url: string): Db {
  return createDb(url, connect(url));
}

function createDb(url: string, { pool, withClient }: Server): Db {
  const group = createGroup<Job, Row[][]>((jobs) =>
    withClient((client) => commit(client, jobs)),
  );
  return {
    engine: "postgres",
    words: postgresWords,
    all: <T = Row>(sql: string, params: Value[] = []) =>
      withClient(async (client) => {
        const values = params.map(storable);
        return (await client.query(withNumbers(sql), values)).rows as T[];
      }),
    batch: (statements) => group.add({ statements }),
    async bulk(table, columns, rows) {
      await group.add({ copy: { table, columns, rows } });
    },
    tables: () => withClient(tables),
    lend: () => ({ loan: { engine: "postgres", url }, transfer: [] }),
    async close() {
      await group.idle();
      await pool.end();
    },
  };
}

interface Server {
  pool: pg.Pool;
  withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
}

/** How sentences name a store: without its password. */
export function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `PostgreSQL ${pathname.slice(1)} at ${hostname}:${port || "5432"}`;
}

/** Asks the server nothing yet; a connection that broke is replaced at the next question. */
function connect(url: string): Server {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    query_timeout: PATIENCE,
    keepAlive: true,
    application_name: "chengshu",
    options: "-c synchronous_commit=on",
  });
  pool.on("error", ignore);
  // From its first breath: the pool hears a client only while nobody has it, and
  // one that breaks on its way to whoever asked would end the process.
  pool.on("connect", (client) => client.on("error", ignore));
  const place = placeOf(url);

  return {
    pool,
    async withClient(work) {
      let client: pg.PoolClient | undefined;
      let failure: unknown;
      try {
        client = await pool.connect();
        return await work(client);
      } catch (error) {
        failure = isDown(error as Error)
          ? new StoreDown(
              `${place} cannot be used: ${(error as Error).message}.`,
            )
          : error;
        throw failure;
      } finally {
        client?.release(failure instanceof StoreDown);
      }
    },
  };
}

const ignore = () => {};

/** Is it the server or the way to it, rather than what was asked? */
function isDown(error: Error & { code?: string }): boolean {
  return error.code === undefined
    ? /terminated|timeout|not queryable|closed/i.test(error.message)
    : /^(E[A-Z]+|08...|25006|53...|57...|58...)$/.test(error.code);
}

/** All jobs in one transaction, or none. */
async function commit(client: pg.PoolClient, jobs: Job[]): Promise<Row[][][]> {
  const joined = join(jobs);
  await client.query("BEGIN");
  try {
    const results: Row[][][] = [];
    for (const { job, stands } of joined) {
      const result = await perform(client, job);
      for (let i = 0; i < stands; i++) results.push(result);
    }
    await client.query("COMMIT");
    return results;
  } catch (error) {
    await rollBack(client, error as Error);
    throw error;
  }
}

/** A connection that failed is thrown away, and its transaction with it. */
async function rollBack(client: pg.PoolClient, reason: Error): Promise<void> {
  if (!isDown(reason)) await client.query("ROLLBACK").catch(ignore);
}

/**
 * Neighbours that run the same single statement and return nothing become one
 * statement with many rows: every statement is a way to the server and back.
 */
function join(jobs: Job[]): { job: Job; stands: number }[] {
  const joined: { job: Job; stands: number; sql: string | null }[] = [];
  for (const job of jobs) {
    const only =
      "statements" in job && job.statements.length === 1
        ? job.statements[0]!
        : null;
    const last = joined.at(-1);
    const isInsert =
      only?.params && /^\s*INSERT\b(?!.*\bRETURNING\b)/s.test(only.sql);
    if (!isInsert) joined.push({ job, stands: 1, sql: null });
    else if (last?.sql === only.sql) {
      (last.job as { statements: Statement[] }).statements[0]!.each!.push(
        only.params!,
      );
      last.stands++;
    } else {
      const statements = [{ sql: only.sql, each: [only.params!] }];
      joined.push({ job: { statements }, stands: 1, sql: only.sql });
    }
  }
  return joined;
}

async function perform(client: pg.PoolClient, job: Job): Promise<Row[][]> {
  if ("copy" in job) {
    await copy(client, job.copy);
    return [];
  }
  const results: Row[][] = [];
  for (const statement of job.statements) {
    const returned: Row[] = [];
    for (const { text, values } of queries(statement))
      returned.push(...((await client.query(text, values)).rows as Row[]));
    results.push(returned);
  }
  return results;
}

async function copy(
  client: pg.PoolClient,
  { table, columns, rows }: Copy,
): Promise<void> {
  await pipeline(
    Readable.from(lines(rows)),
    client.query(copyFrom(`COPY ${table} (${columns.join(", ")}) FROM STDIN`)),
  );
}

function* lines(rows: Value[][]): Generator<string> {
  for (let from = 0; from < rows.length; from += 500)
    yield rows
      .slice(from, from + 500)
      .map(copyLine)
      .join("");
}

async function migrate(client: pg.PoolClient): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await client.query(
      "CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL)",
    );
    const { rows } = await client.query<{ version: number }>(
      "SELECT version FROM store_version",
    );
    const version = rows[0]?.version ?? 0;
    for (const sql of pending(version, "postgres"))
      await client.query(definition(sql));
    if (version < migrations.length) {
      await client.query("DELETE FROM store_version");
      await client.query("INSERT INTO store_version VALUES ($1)", [
        migrations.length,
      ]);
      await leaveBlobsAlone(client);
    }
    await client.query("COMMIT");
  } catch (error) {
    await rollBack(client, error as Error);
    throw error;
  }
}

/** Our blobs are dense already: compressing them again costs and gains nothing. */
async function leaveBlobsAlone(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string; column: string }>(
    `SELECT table_name AS name, column_name AS column
    FROM information_schema.columns
    WHERE table_schema = current_schema AND data_type = 'bytea'`,
  );
  for (const { name, column } of rows)
    await client.query(
      `ALTER TABLE ${name} ALTER COLUMN ${column} SET STORAGE EXTERNAL`,
    );
}

async function tables(client: pg.PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT c.table_name AS name,
    json_agg(c.column_name ORDER BY c.ordinal_position) AS columns,
    (SELECT json_agg(k.column_name ORDER BY k.ordinal_position)
      FROM information_schema.key_column_usage k
      JOIN information_schema.table_constraints t
      USING (constraint_schema, constraint_name)
      WHERE t.constraint_type = 'PRIMARY KEY'
      AND t.table_schema = current_schema
      AND t.table_name = c.table_name) AS key
    FROM information_schema.columns c
    WHERE c.table_schema = current_schema AND c.table_name <> 'store_version'
    GROUP BY c.table_name HAVING NOT bool_or(c.data_type = 'tsvector')
    ORDER BY c.table_name`,
  );
  return rows;
}
