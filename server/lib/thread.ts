/**
 * Threads that start alike from compiled `.js` and, in tests and development,
 * from `.ts` sources.
 */
import type * as Esbuild from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
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
  return new Worker(url.pathname.endsWith(".ts") ? bundled(url) : url, options);
}

const known = new Map<string, URL>();

/**
 * Node 20 strips no types, and a thread does not inherit the loader of the main
 * one; a loader of its own would cost each thread half a second. So a source is
 * bundled once a process, into a file where its packages are found.
 */
function bundled(source: URL): URL {
  let file = known.get(source.href);
  if (!file) known.set(source.href, (file = bundle(fileURLToPath(source))));
  return file;
}

function bundle(source: string): URL {
  const require = createRequire(import.meta.url);
  const { buildSync } = require("esbuild") as typeof Esbuild;
  const { outputFiles } = buildSync({
    entryPoints: [source],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    define: { "import.meta.url": JSON.stringify(pathToFileURL(source).href) },
    write: false,
  });
  const { text } = outputFiles[0]!;
  const packages = dirname(dirname(require.resolve("esbuild/package.json")));
  const folder = join(packages, ".cache", "threads");
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const file = join(folder, `${basename(source, ".ts")}-${digest}.mjs`);
  mkdirSync(folder, { recursive: true });
  // Others may start the same thread at this moment: whole files only.
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
  return pathToFileURL(file);
}
