import { readdir } from "node:fs/promises";
import type { Format } from "./format.ts";

const FOLDER = new URL("./formats/", import.meta.url);

/**
 * Every format, by id: the files of formats/ that end as this one does, each
 * with one `export const format`. A new format is a new file and nothing else.
 */
export async function readFormats(): Promise<ReadonlyMap<string, Format>> {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const names = (await readdir(FOLDER)).filter(
    (name) => name.endsWith(extension) && !/\.(test|d)\.[jt]s$/.test(name),
  );
  const formats = await Promise.all(
    names.map(async (name) => {
      const module: unknown = await import(new URL(name, FOLDER).href);
      return formatOf(name, module);
    }),
  );
  return new Map(formats.map((format) => [format.id, format]));
}

function formatOf(name: string, module: unknown): Format {
  const { format } = module as { format?: Format };
  if (typeof format?.id !== "string")
    throw new Error(`formats/${name} exports no \`format\``);
  return format;
}
