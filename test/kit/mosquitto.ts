/** A private Mosquitto broker on a free port of the loopback, thrown away at the end. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startChild, type Child } from "./child.ts";
import { makeFolder } from "./folder.ts";
import { onFreePort } from "./port.ts";
import { findServer } from "./servers.ts";

export interface Mosquitto {
  /** `mqtt://127.0.0.1:port`; anyone may do anything. */
  url: string;
  port: number;
  /** Ends it as SIGTERM does: sessions and their queues are kept for `restart`. */
  pause(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface MosquittoOptions {
  /** Messages kept for a client that is away; 0 is no limit (the default here, not Mosquitto's). */
  queued?: number;
}

export async function startMosquitto(
  options: MosquittoOptions = {},
): Promise<Mosquitto> {
  const folder = makeFolder("mosquitto");
  const program = findServer("mosquitto");
  let port = 0;
  let broker = await onFreePort((free) => {
    port = free;
    return serve(program, folder.path, free, options);
  });
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    pause: async () => void (await broker.stop("SIGTERM")),
    restart: async () => {
      broker = await serve(program, folder.path, port, options);
    },
    stop: async () => {
      await broker.stop("SIGTERM");
      await folder.remove();
    },
  };
}

async function serve(
  program: string,
  folder: string,
  port: number,
  { queued = 0 }: MosquittoOptions,
): Promise<Child> {
  const settings = join(folder, "mosquitto.conf");
  writeFileSync(
    settings,
    [
      `listener ${port} 127.0.0.1`,
      "allow_anonymous true",
      "persistence true",
      `persistence_location ${folder}/`,
      `max_queued_messages ${queued}`,
      "max_inflight_messages 0",
      "log_dest stderr",
      // As root it would change to a user who may not read our folder.
      ...(process.getuid?.() === 0 ? ["user root"] : []),
      "",
    ].join("\n"),
  );
  const broker = startChild(program, ["-c", settings]);
  await broker.wrote(/mosquitto version \S+ running/);
  return broker;
}
