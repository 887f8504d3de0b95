// @ts-check
// Builds server, mock feeds and web into dist/ when their sources changed, then
// becomes the program that was named: a shell between would keep signals to itself.
// Plain JavaScript, because Node 20 runs no TypeScript and this runs first.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "dist/.built-from");
const sources = [
  "contract",
  "server",
  "mock-feeds",
  "web",
  "screens",
  "public",
  "package-lock.json",
  "tsconfig.base.json",
  "vite.config.ts",
];

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function keyOfSources() {
  const hash = createHash("sha256").update(process.version);
  for (const source of sources) {
    const path = join(root, source);
    const files = /\.\w+$/.test(source) ? [path] : filesUnder(path);
    for (const file of files)
      if (existsSync(file))
        hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** @param {string} name @param {string[]} args */
function run(name, ...args) {
  const bin = join(root, "node_modules/.bin", name);
  // Whoever asks for the build: a test's "test" would build the pages for development.
  const env = { ...process.env, NODE_ENV: "production" };
  const done = spawnSync(bin, args, { cwd: root, stdio: "inherit", env });
  if (done.status !== 0) {
    console.error(`build: ${name} ${args.join(" ")} failed`);
    process.exit(1);
  }
}

function checkSqlite() {
  try {
    const Database = createRequire(import.meta.url)("better-sqlite3");
    new Database(":memory:").close();
  } catch (error) {
    console.error(
      [
        "better-sqlite3 has no working binary here:",
        `  ${/** @type {Error} */ (error).message.split("\n")[0]}`,
        "It is compiled at install where no binary can be fetched. Install a C++ toolchain",
        "(Debian/Ubuntu: apt-get install -y python3 make g++), then: npm rebuild better-sqlite3",
      ].join("\n"),
    );
    process.exit(1);
  }
}

checkSqlite();
const key = keyOfSources();
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== key) {
  console.log("Building once (about half a minute) …");
  rmSync(stamp, { force: true });
  run("tsc", "-b", "contract", "server", "mock-feeds");
  const { bundleHub } = await import("./bundle.js");
  await bundleHub(join(root, "server"), join(root, "dist/server"));
  run("vite", "build", "--logLevel", "warn");
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, key);
}

const [node = "", , program, ...args] = process.argv;
if (program) {
  endWithNpm();
  const file = join(root, "dist", program);
  process.argv = [node, file, ...args];
  await import(pathToFileURL(file).href);
}

/** npm's shell keeps SIGTERM to itself: when it is gone, the program is asked to end. */
function endWithNpm() {
  if (!process.env["npm_lifecycle_event"]) return;
  const shell = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  look.unref();
}
