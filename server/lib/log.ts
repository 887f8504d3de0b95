import { pino, type Logger } from "pino";

export type Log = Logger;

/** JSON lines on standard output. Secrets never reach it: what may hold one is redacted by name. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        "authorization",
        "*.authorization",
        "*.cookie",
        "*.password",
        "*.token",
        "*.key",
      ],
      censor: "[secret]",
    },
  });
}
