import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createCity } from "./city/generate.ts";
import type { City, Metric } from "./city/types.ts";

/**
 * The city as the departments know it, without its houses. To draw a city takes
 * many seconds, to read it back less than one; so the first to draw it leaves
 * it in a file, under a name that changes with the seed and with the program
 * that drew it.
 * @param folder where such files are kept
 */
export async function openCity(seed: number, folder: string): Promise<City> {
  const file = await modelFile(seed, folder);
  const text = await readFile(file, "utf8").catch(() => null);
  if (text !== null) return sharing(JSON.parse(text) as City);
  const city = createCity(seed);
  // A full disk or a folder that cannot be written costs time, nothing else.
  await saveCity(city, folder).catch(() => undefined);
  return { ...city, buildings: [] };
}

/** Sensors of a kind measure the same: one list for all of them is enough. */
function sharing(city: City): City {
  const lists = new Map<string, Metric[]>();
  for (const sensor of city.sensors) {
    const key = `${sensor.kind}/${JSON.stringify(sensor.metrics)}`;
    const list = lists.get(key);
    if (list) sensor.metrics = list;
    else lists.set(key, sensor.metrics);
  }
  return city;
}

/** Leaves the city for `openCity`. */
export async function saveCity(city: City, folder: string): Promise<void> {
  const file = await modelFile(city.seed, folder);
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, JSON.stringify({ ...city, buildings: [] }));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

const modelFile = async (seed: number, folder: string): Promise<string> =>
  join(folder, `city-model-${await editionOf(seed)}.json`);

/** Changes with the seed and with the program that draws the city. */
export async function editionOf(seed: number): Promise<string> {
  const program = join(import.meta.dirname, "city");
  const hash = createHash("sha256");
  const entries = await readdir(program, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
    .filter(({ name }) => !name.includes(".test."))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  for (const file of files) hash.update(await readFile(file));
  return `${seed}-${hash.digest("hex").slice(0, 12)}`;
}
