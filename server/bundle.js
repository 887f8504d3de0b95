// @ts-check
// Puts the hub's hundreds of modules and its packages into a few files: to find
// and read each by itself is a third of what a start costs. Plain JavaScript, as
// the build is that calls it.
import { build } from "esbuild";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** What asks for a thread or a process by the address of the source beside it. */
const STARTED =
  /\bstart(?:Thread|Process)(?:<.*>)?\(\s*import\.meta\.url,\s*"\.\/([\w-]+)"/g;

/** Has a binary of its own, or is asked for and done without. */
const EXTERNAL = [
  "better-sqlite3",
  "bufferutil",
  "esbuild",
  "pg-native",
  "utf-8-validate",
];

/** What several entries share, by the hash of what it holds. */
const SHARED = /-[0-9A-Z]{8}\.js(\.map)?$/;

/**
 * Writes over the hub's program that tsc made. What has state is shared between
 * the files, never twice in one thread.
 * @param {string} from the server's sources
 * @param {string} to where tsc put the server
 */
export async function bundleHub(from, to) {
  for (const name of readdirSync(to))
    if (SHARED.test(name)) rmSync(join(to, name));
  const entries = entriesOf(from);
  await build({
    entryPoints: entries,
    outdir: to,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: EXTERNAL,
    sourcemap: true,
    sourcesContent: false,
    // Packages that are not modules themselves ask by `require` for what is node's.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    logLevel: "warning",
  });
}

/**
 * Name in dist → source. What is started or read by its address stands beside
 * what asks for it, however deep its source is.
 * @param {string} from
 */
function entriesOf(from) {
  /** @type {Record<string, string>} */
  const entries = { main: join(from, "main.ts") };
  for (const name of readdirSync(from, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const file = join(from, name);
    const format = /^feeds\/(formats\/[\w-]+)\.ts$/.exec(name)?.[1];
    if (format !== undefined) entries[format] = file;
    for (const [, started] of readFileSync(file, "utf8").matchAll(STARTED)) {
      const source = join(dirname(file), `${started}.ts`);
      if ((entries[`${started}`] ??= source) !== source)
        throw new Error(
          `${source}: a thread of this name is started elsewhere too`,
        );
    }
  }
  return entries;
}
