/** Writes a demo's city pack, and keeps it up to this version of the program and to today. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeCityPack, writePlans } from "./city/pack.ts";
import type { City, Feed } from "./city/types.ts";
import { editionOf, openCity, saveCity } from "./city-model.ts";

/** Beside the pack: which edition of the program wrote it. */
const MARK = "city-edition";

/**
 * A pack that another edition of the program wrote, or none, is written whole;
 * its feeds stay as somebody changed them, and new ones come to them. A pack of
 * this edition gets anew what is planned around today.
 * @param models folder of the city's model
 * @param at now, epoch ms
 */
export async function renewPack(ask: {
  dir: string;
  models: string;
  seed: number;
  at: number;
  draw: (seed: number) => City;
}): Promise<void> {
  const { dir, models, seed, at } = ask;
  const mark = join(models, MARK);
  const edition = await editionOf(seed);
  const written = await readFile(mark, "utf8").catch(() => null);
  if (written === edition)
    return writePlans(await openCity(seed, models), dir, at);
  const city = ask.draw(seed);
  const feeds = joined(await keptFeeds(dir), city.feeds);
  await writeCityPack({ ...city, feeds }, dir, at);
  await saveCity(city, models);
  // Last of all: who was stopped in the middle begins anew.
  await writeFile(`${mark}.new`, edition);
  await rename(`${mark}.new`, mark);
}

const keptFeeds = (dir: string): Promise<Feed[]> =>
  readFile(join(dir, "feeds.json"), "utf8").then(
    (text) => JSON.parse(text) as Feed[],
    () => [],
  );

function joined(kept: readonly Feed[], own: readonly Feed[]): Feed[] {
  const ids = new Set(kept.map(({ id }) => id));
  return [...kept, ...own.filter(({ id }) => !ids.has(id))];
}
