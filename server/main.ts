/** The hub as a process: reads its configuration, opens the parts, closes them on SIGTERM. */
import { config as readConfig, type Config } from "./config.ts";
import { createLog } from "./lib/log.ts";
import { openHub } from "./open.ts";

const STOP_WITHIN = 10_000;

let config: Config;
try {
  config = readConfig();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
const log = createLog(config.logLevel);

process.on("unhandledRejection", (error) => {
  log.error({ err: error }, "something was not waited for");
});

try {
  const hub = await openHub(config, log);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.fatal("not stopped in time");
      process.exit(1);
    }, STOP_WITHIN).unref();
    hub.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
  // A launcher that was killed outright must not leave a hub behind on its port.
  process.once("disconnect", () => stop("the launcher is gone"));
  process.channel?.unref();
} catch (error) {
  const sentence = sentenceOf(error as NodeJS.ErrnoException);
  log.fatal({ err: error }, `not started: ${sentence}`);
  console.error(sentence);
  process.exit(1);
}

function sentenceOf(error: NodeJS.ErrnoException): string {
  return error.code === "EADDRINUSE"
    ? `${error.message}; choose another with PORT or MQTT_PORT`
    : error.message;
}
