/**
 * Finds the servers that tests need: by environment, then PATH and the usual
 * places, then apt as root on Debian and Ubuntu (decisions E5). A missing one
 * fails with its name; nothing is ever skipped silently.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";

interface Program {
  name: string;
  /** Environment variable with the full path. */
  variable: string;
  /** File names, the first found is taken. */
  files: string[];
  /** Folders looked at after PATH. */
  folders: () => string[];
  /** Debian packages that bring it; the first that can be had is taken. */
  packages: string[];
}

const POSTGRES_ROOT = "/usr/lib/postgresql";

const CHROMIUM = {
  files: ["chromium", "chromium-browser", "google-chrome"],
  folders: () => ["/usr/bin", "/Applications/Chromium.app/Contents/MacOS"],
};

const programs = {
  postgres: {
    name: "PostgreSQL",
    variable: "POSTGRES",
    files: ["postgres"],
    folders: newestPostgresFirst,
    packages: ["postgresql"],
  },
  mosquitto: {
    name: "Mosquitto",
    variable: "MOSQUITTO",
    files: ["mosquitto"],
    folders: () => ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"],
    packages: ["mosquitto"],
  },
  chromium: {
    name: "Chromium",
    variable: "CHROMIUM",
    ...CHROMIUM,
    packages: ["chromium"],
  },
  // Chromium built without windows: smaller to fetch, and a page costs it a sixth less.
  headless: {
    name: "Chromium",
    variable: "CHROMIUM",
    files: ["chromium-headless-shell", ...CHROMIUM.files],
    folders: CHROMIUM.folders,
    packages: ["chromium-headless-shell", "chromium"],
  },
} satisfies Record<string, Program>;

export type ProgramName = keyof typeof programs;

/**
 * Full path of the program.
 * @throws Error that names what is missing and how to bring it.
 */
export function findServer(name: ProgramName): string {
  const program: Program = programs[name];
  const named = process.env[program.variable];
  if (named !== undefined) {
    if (isRunnable(named)) return named;
    throw new Error(`${program.variable}=${named} is not a program`);
  }
  const found = look(program);
  if (found) return found;
  const trouble = install(program);
  const installed = look(program);
  if (installed) return installed;
  throw new Error(
    `${program.name} is missing: ${trouble ?? "its package was installed and brought no program"}. ` +
      `Install it (Debian: apt-get install ${program.packages.join(" or ")}) or name it by ${program.variable}=/path/to/${program.files[0]!}`,
  );
}

function look(program: Program): string | undefined {
  const path = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return [...path, ...program.folders()]
    .flatMap((folder) => program.files.map((file) => join(folder, file)))
    .find(isRunnable);
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian keeps one folder per major version and none on PATH. */
function newestPostgresFirst(): string[] {
  if (!existsSync(POSTGRES_ROOT)) return [];
  return readdirSync(POSTGRES_ROOT)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(POSTGRES_ROOT, version, "bin"));
}

/** @returns why it could not be installed, or undefined. */
function install(program: Program): string | undefined {
  if (process.getuid?.() !== 0) return "not found, and only root may use apt";
  if (!isDebianLike()) return "not found, and this is not Debian or Ubuntu";
  console.error(`Installing ${program.name} with apt …`);
  try {
    withServicesHeld(() => {
      apt("update");
      const wanted = program.packages.find(isOffered) ?? program.packages[0]!;
      apt("install", "--no-install-recommends", wanted);
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isDebianLike(): boolean {
  return (
    existsSync("/etc/os-release") &&
    /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(
      readFileSync("/etc/os-release", "utf8"),
    )
  );
}

/** Whether apt knows it here: Ubuntu has no Chromium without windows. */
const isOffered = (name: string): boolean =>
  spawnSync("apt-cache", ["show", "--quiet", name]).status === 0;

/** Two test runs may meet here: dpkg's own lock makes the second one wait. */
function apt(...words: string[]): void {
  execFileSync("apt-get", ["-o", "DPkg::Lock::Timeout=300", "-qy", ...words], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

const POLICY = "/usr/sbin/policy-rc.d";

/** Debian starts what it installs unless this script says 101; tests start private instances. */
function withServicesHeld(work: () => void): void {
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    work();
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}
