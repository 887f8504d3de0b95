/** `write.ts DIR [--seed 42]`: writes the city pack of the invented city. */
import { parseArgs } from "node:util";
import { createCity } from "./generate.ts";
import { writeCityPack } from "./pack.ts";

const { values, positionals } = parseArgs({
  options: { seed: { type: "string", default: "42" } },
  allowPositionals: true,
});
const [dir] = positionals;
const seed = Number(values.seed);
if (!dir || positionals.length > 1 || !Number.isInteger(seed)) {
  console.error("Usage: write DIR [--seed WHOLE_NUMBER]");
  process.exit(2);
}
const city = createCity(seed);
await writeCityPack(city, dir, Date.now());
console.log(
  `${city.nameZh} (seed ${seed}) is in ${dir}: ${city.districts.length} districts, ${city.towns.length} towns, ${city.communities.length} communities, ${city.departments.length} departments, ${city.feeds.length} feeds, ${city.indicators.length} indicators.`,
);
