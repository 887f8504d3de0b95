/**
 * `prepare DIR [--seed 42]`: draws the invented city once, writes its pack into
 * DIR, and leaves its model beside DIR for the departments to start from. An
 * older pack is brought up to this version (renew.ts).
 */
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createCity } from "./city/generate.ts";
import { numberIn } from "./options.ts";
import { renewPack } from "./renew.ts";

const { values, positionals } = parseArgs({
  options: { seed: { type: "string", default: "42" } },
  allowPositionals: true,
});
const [dir] = positionals;
if (dir === undefined || positionals.length > 1) {
  console.error("prepare DIR [--seed 42]: name the folder of the pack");
  process.exit(1);
}
await renewPack({
  ...{ dir, models: dirname(resolve(dir)), at: Date.now() },
  seed: numberIn("--seed", values.seed, 0, 0xffff_ffff),
  draw: createCity,
});
