/**
 * `npm run check` and `npm test`: runs every step, lets none hide another, and
 * ends with one line that counts them all.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./kit/folder.ts";

const ROOT = join(import.meta.dirname, "..");

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
type Step = () => Promise<Counts>;

const ROOMS = ["contract", "server", "web", "mock-feeds", "test", "bench"];

const types = tool("types", "vue-tsc", "-b");
/** Remembered between runs of the quick set only: a type may change in a file that is not linted again. */
const cache = ["--cache", "--cache-strategy", "content"];
const lint = tool("lint", "eslint", ".");
const quickLint = tool(
  "lint",
  "eslint",
  ...[...cache, "--cache-location", "node_modules/.cache/eslint/", "."],
);
const format = tool("format", "prettier", "--check", "--log-level=warn", ".");
const quickFormat = tool(
  "format",
  "prettier",
  ...[...cache, "--cache-location", "node_modules/.cache/prettier/.cache"],
  ...["--check", "--log-level=warn", "."],
);
const imports = tool(
  "imports",
  "depcruise",
  ...["--config", ".dependency-cruiser.cjs", "--output-type", "err-long"],
  ...ROOMS,
);
/** Tests that come after take what it made, and do not look again for every file whether it is new. */
const build: Step = async () => {
  const counts = await tool("build", "node", "server/build.js")();
  if (counts.failed === 0) process.env["HUB_BUILT"] = "1";
  return counts;
};

/** Finds or installs them once, before any test counts its time; what it waits for is the network. */
const servers = tool("servers", "tsx", "test/kit/found.ts");

/**
 * Lint comes after the types, which it reads. The quick ones stay under a minute;
 * `npm test` adds servers, a browser and the built hub.
 */
const sets: Record<string, Step[]> = {
  check: [
    together(
      inOrder(types, quickLint),
      inOrder(quickFormat, imports, tests("unit")),
    ),
  ],
  test: [
    together(
      servers,
      inOrder(types, lint),
      inOrder(format, imports, tests("unit")),
    ),
    build,
    // In one run: the end of the one leaves no core idle before the other.
    tests("servers", "whole"),
  ],
};

const steps = sets[process.argv[2] ?? "test"];
if (!steps) throw new Error(`say one of: ${Object.keys(sets).join(", ")}`);
const { passed, failed, skipped } = await inOrder(...steps)();
process.exitCode = failed > 0 ? 1 : 0;
console.log(
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`,
);

/** A command that counts as one test. */
function tool(name: string, command: string, ...args: string[]): Step {
  return async () => {
    const ok = (await run(command, args)) === 0;
    console.log(`${ok ? "ok  " : "FAIL"} ${name}`);
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  };
}

function tests(...projects: ("unit" | "servers" | "whole")[]): Step {
  return async () => {
    const folder = makeFolder("report");
    const report = join(folder.path, "report.json");
    const code = await run("vitest", [
      ...["run", ...projects.flatMap((project) => ["--project", project])],
      ...["--reporter=default", "--reporter=json", `--outputFile=${report}`],
    ]);
    const counts = readReport(report);
    await folder.remove();
    // An error outside any test fails the run although no test counts it.
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    return counts;
  };
}

function readReport(file: string): Counts {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      testResults: { status: string; assertionResults: unknown[] }[];
    };
    const unreadable = report.testResults.filter(
      (suite) => suite.status === "failed" && !suite.assertionResults.length,
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unreadable.length,
      skipped: report.numPendingTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function inOrder(...steps: Step[]): Step {
  return async () => {
    const all: Counts[] = [];
    for (const step of steps) all.push(await step());
    return sum(all);
  };
}

function together(...steps: Step[]): Step {
  return async () => sum(await Promise.all(steps.map((step) => step())));
}

function sum(all: Counts[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

function run(command: string, args: string[]): Promise<number | null> {
  const bin = join(ROOT, "node_modules/.bin");
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
  });
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(null);
    });
    child.once("close", resolve);
  });
}
