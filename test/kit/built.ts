/** What `npm run build` makes, made once for whoever tests it. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
let built = false;

/** A program of the server. */
export const builtProgram = (
  name: "main" | "demo" | "replay" | "store-move" | "audit-verify",
): string => join(builtFolder(), `server/${name}.js`);

/** The pages, packed as the hub serves them. */
export const builtPages = (): string => join(builtFolder(), "web");

/**
 * HUB_BUILT=1 takes dist/ as it stands: after `npm test` built it, or for work on
 * the tests themselves. Types alone (`vue-tsc -b`) do not bring the hub up to date.
 */
function builtFolder(): string {
  if (!built && process.env["HUB_BUILT"] !== "1") {
    const build = spawnSync(process.execPath, ["server/build.js"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    if (build.status !== 0)
      throw new Error(`nothing was built:\n${build.stdout}${build.stderr}`);
    built = true;
  }
  return join(ROOT, "dist");
}
