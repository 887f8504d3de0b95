/**
 * `prepare DIR [--seed 42]`: draws the invented city once, writes its pack into
 * DIR, and leaves its model beside DIR for the departments to start from.
 */
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createCity } from "./city/generate.ts";
import { writeCityPack } from "./city/pack.ts";
import { saveCity } from "./city-model.ts";
import { numberIn } from "./options.ts";

const { values, positionals } = parseArgs({
  options: { seed: { type: "string", default: "42" } },
  allowPositionals: true,
});
const [dir] = positionals;
if (dir === undefined || positionals.length > 1) {
  console.error("prepare DIR [--seed 42]: name the folder of the pack");
  process.exit(1);
}
const city = createCity(numberIn("--seed", values.seed, 0, 0xffff_ffff));
await writeCityPack(city, dir, Date.now());
await saveCity(city, dirname(resolve(dir)));
