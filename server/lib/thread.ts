/**
 * Threads that start alike from compiled `.js` and, in tests and development,
 * from `.ts` sources.
 */
import { extname } from "node:path";
import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * Starts the module that stands beside the caller as a thread.
 * @param near the caller's `import.meta.url`: its extension is the module's too
 * @param module path without extension, relative to `near`, e.g. `./sqlite-worker`
 */
export function startThread(
  near: string,
  module: string,
  options: WorkerOptions = {},
): Worker {
  const url = new URL(module + extname(new URL(near).pathname), near);
  return url.pathname.endsWith(".ts")
    ? new Worker(withLoader(url), { ...options, eval: true })
    : new Worker(url, options);
}

/** Node 20 strips no types, and a thread does not inherit the loader of the main one. */
function withLoader(url: URL): string {
  const loader = import.meta.resolve("tsx/esm/api");
  return `import(${JSON.stringify(loader)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(url.href)});
  })`;
}
