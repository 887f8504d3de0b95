/** A private PostgreSQL server on a free port of the loopback, thrown away at the end. */
import { execFileSync, spawnSync } from "node:child_process";
import { chownSync } from "node:fs";
import { dirname, join } from "node:path";
import { startChild, type Child, type ChildOptions } from "./child.ts";
import { makeFolder } from "./folder.ts";
import { onFreePort } from "./port.ts";
import { findServer } from "./servers.ts";

export interface Postgres {
  /** `postgres://…` of an empty database. */
  url: string;
  /** SIGKILL, as a machine dies; the data stays for `restart`. */
  kill(): Promise<void>;
  /** Starts again on the same port and data after `kill`. */
  restart(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

const USER = "chengshu";

export async function startPostgres(): Promise<Postgres> {
  const bin = dirname(findServer("postgres"));
  const folder = makeFolder("postgres");
  const user = unprivileged();
  if (user) chownSync(folder.path, user.uid, user.gid);
  const data = join(folder.path, "data");
  execFileSync(
    join(bin, "initdb"),
    [
      ...["-D", data, "-U", USER, "-A", "trust", "--no-sync"],
      ...["-E", "UTF8", "--locale=C"],
    ],
    { ...user, cwd: folder.path, stdio: ["ignore", "ignore", "inherit"] },
  );
  const options = { user, cwd: folder.path };

  try {
    let port = 0;
    let server = await onFreePort((free) => {
      port = free;
      return serve(bin, data, free, options);
    });
    return {
      url: `postgres://${USER}@127.0.0.1:${port}/postgres`,
      kill: async () => void (await server.stop("SIGKILL")),
      restart: async () => {
        server = await serve(bin, data, port, options);
      },
      stop: async () => {
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM waits for its clients.
        await server.stop("SIGINT");
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function serve(
  bin: string,
  data: string,
  port: number,
  options: ChildOptions,
): Promise<Child> {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "50",
  };
  const server = startChild(
    join(bin, "postgres"),
    [
      ...["-D", data, "-p", String(port)],
      ...Object.entries(settings).flatMap(([key, value]) => [
        "-c",
        `${key}=${value}`,
      ]),
    ],
    { ...options, env: { LC_ALL: "C" } },
  );
  await server.wrote(/ready to accept connections/);
  return server;
}

/** PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((of) =>
      Number(spawnSync("id", [of, name]).stdout.toString() || NaN),
    );
    if (uid && gid) return { uid, gid };
  }
  throw new Error(
    "PostgreSQL refuses to run as root, and this machine knows neither a user postgres nor nobody",
  );
}
