/**
 * The thread that holds one SQLite connection: the writer with its group
 * commit, or a reader. SQLite blocks its thread, so it never runs in the hub's
 * (decisions D4).
 */
import Database from "better-sqlite3";
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { answerCalls } from "../lib/port.ts";
import {
  StoreDown,
  storable,
  type Row,
  type Statement,
  type Table,
  type Value,
} from "./db.ts";
import { createGroup } from "./group.ts";
import { migrations, pending } from "./migrations/index.ts";
import { toPieces } from "./pieces.ts";

export interface SqliteThread {
  path: string;
  role: "writer" | "reader";
}

const { path, role } = workerData as SqliteThread;
const statements = new Map<string, Database.Statement>();
let opened: Database.Database | null = null;

/** A reader opens at its first question: by then the writer made the file. */
function db(): Database.Database {
  return (opened ??= role === "writer" ? openWriter() : openReader());
}

function openReader(): Database.Database {
  return new Database(path, { readonly: true, timeout: 10_000 });
}

function openWriter(): Database.Database {
  const made = new Database(path, { timeout: 10_000 });
  made.pragma("journal_mode = WAL");
  made.pragma("synchronous = FULL");
  made.pragma("journal_size_limit = 67108864");
  made
    .transaction(() => {
      const version = made.pragma("user_version", { simple: true }) as number;
      for (const sql of pending(version, "sqlite")) made.exec(sql);
      made.pragma(`user_version = ${migrations.length}`);
    })
    .exclusive();
  return made;
}

function prepare(sql: string): Database.Statement {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= 500) statements.clear();
  const made = db().prepare(sql);
  statements.set(sql, made);
  return made;
}

function run(statement: Statement): Row[] {
  const prepared = prepare(statement.sql);
  const returned: Row[] = [];
  for (const params of statement.each ?? [statement.params ?? []]) {
    const values = params.map(storable);
    if (prepared.reader) returned.push(...(prepared.all(values) as Row[]));
    else prepared.run(values);
  }
  return returned;
}

/** One transaction for all jobs; none is stored where it throws. */
function commit(jobs: Statement[][]): Row[][][] {
  try {
    prepare("BEGIN IMMEDIATE").run();
    const results = jobs.map((job) => job.map(run));
    prepare("COMMIT").run();
    return results;
  } catch (error) {
    if (db().inTransaction) prepare("ROLLBACK").run();
    throw explained(error as Error & { code?: string });
  }
}

const TROUBLES: Record<string, string> = {
  SQLITE_FULL: "the disk is full",
  SQLITE_IOERR: "the disk does not answer",
  SQLITE_READONLY: "the file may not be written",
  SQLITE_CANTOPEN: "the file cannot be opened",
  SQLITE_BUSY: "another program holds the file",
  SQLITE_CORRUPT: "the file is damaged: restore a backup",
  SQLITE_NOTADB: "the file is no SQLite database",
};

/** Trouble with the file or disk as a sentence; other errors as they are. */
function explained(error: Error & { code?: string }): Error {
  const trouble = Object.keys(TROUBLES).find((code) =>
    error.code?.startsWith(code),
  );
  return trouble
    ? new StoreDown(
        `The store ${path} cannot be used: ${TROUBLES[trouble]} (${error.code}).`,
      )
    : error;
}

const group = createGroup(commit);

const doors = {
  /** Brings the store to the present version. */
  open(): void {
    try {
      db();
    } catch (error) {
      throw explained(error as Error);
    }
  },
  batch: (job: Statement[]): Promise<Row[][]> => group.add(job),
  /**
   * Values without names, and as JSON where none is a blob: a thread reads both
   * in half the time that named rows would take it.
   */
  all(
    sql: string,
    params: Value[],
  ): { columns: string[] } & ({ rows: Value[][] } | { pieces: string[] }) {
    try {
      const prepared = prepare(sql).raw();
      const rows = prepared.all(params.map(storable)) as Value[][];
      const hasBlob = rows[0]?.some((value) => value instanceof Uint8Array);
      const columns = prepared.columns().map((each) => each.name);
      return hasBlob ? { columns, rows } : { columns, pieces: toPieces(rows) };
    } catch (error) {
      throw explained(error as Error);
    }
  },
  tables(): Table[] {
    const names = db()
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    return names.map((name) => {
      const columns = db().pragma(`table_info(${name})`) as {
        name: string;
        pk: number;
      }[];
      return {
        name,
        columns: columns.map((column) => column.name),
        key: columns
          .filter((column) => column.pk > 0)
          .sort((a, b) => a.pk - b.pk)
          .map((column) => column.name),
      };
    });
  },
  /** Answers another thread too. */
  serve(port: MessagePort): void {
    answerCalls(port, doors);
  },
  async close(): Promise<void> {
    await group.idle();
    opened?.close();
    opened = null;
  },
};
export type SqliteDoors = typeof doors;

answerCalls(parentPort!, doors);
