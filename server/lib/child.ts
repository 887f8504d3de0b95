/**
 * Child processes of our own that start alike from compiled `.js` and, in
 * tests and development, from `.ts` sources; the sibling of thread.ts, for
 * work whose memory must not be ours.
 */
import { fork, type ChildProcess } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Forks the module that stands beside the caller. It sees an empty environment,
 * and messages to and fro are structured clones.
 * @param near the caller's `import.meta.url`: its extension is the module's too
 * @param module path without extension, relative to `near`
 */
export function startProcess(
  near: string,
  module: string,
  options: { heapMb: number; args?: string[] },
): ChildProcess {
  const url = new URL(module + extname(new URL(near).pathname), near);
  const loader = url.pathname.endsWith(".ts")
    ? ["--import", import.meta.resolve("tsx")]
    : [];
  return fork(fileURLToPath(url), options.args ?? [], {
    execArgv: [`--max-old-space-size=${options.heapMb}`, ...loader],
    env: {},
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}
