import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readScreen, type Screen } from "../../../contract/screen.ts";
import type { Principal } from "../../auth/principal.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

/**
 * Reads the screens shipped with the product.
 * @throws Error naming the file and the path of what is wrong in it.
 */
export async function readScreens(dir: string): Promise<Map<string, Screen>> {
  const screens = new Map<string, Screen>();
  const names = (await readdir(dir)).filter((file) => file.endsWith(".json"));
  for (const name of names.map((file) => file.slice(0, -5)).sort()) {
    const file = `${name}.json`;
    try {
      const screen = readScreen(
        JSON.parse(await readFile(join(dir, file), "utf8")),
      );
      screens.set(screen.id, screen);
    } catch (error) {
      throw new Error(`screens/${file}: ${(error as Error).message}`);
    }
  }
  return screens;
}

export function screenHandlers(
  screens: Map<string, Screen>,
  knows: (indicator: string) => boolean,
): Pick<Handlers, "listScreens" | "getScreen"> {
  return {
    listScreens: ({ who }) => ({
      items: [...screens.values()]
        .filter(({ id, needs }) => isShown(who, id) && needs.every(knows))
        .map(({ id, title, size }) => ({ id, title, size })),
    }),
    getScreen({ params, who }) {
      const screen = screens.get(params["id"]!);
      const unknown = `there is no screen ${params["id"]}`;
      if (!screen) throw new HttpProblem(404, unknown);
      if (!isShown(who, screen.id))
        throw hidden(unknown, `screen/${screen.id}`);
      return screen;
    },
  };
}

/** A wall shows the screens that it was given; a person any. */
const isShown = ({ screens }: Principal, id: string) =>
  screens === null || screens.includes(id);
