/** All widgets, found by their folders. A folder that begins with `_` is no widget. */
import type { Component } from "vue";
import type { Widget } from "./define.ts";

const schemas = import.meta.glob<Widget>("./[a-z]*/schema.ts", {
  eager: true,
  import: "default",
});
const components = import.meta.glob<Component>("./[a-z]*/*.vue", {
  import: "default",
});

export interface FoundWidget extends Widget {
  /** Loads the drawing part; a screen loads only what it shows. */
  load: () => Promise<Component>;
}

const pascal = (name: string) =>
  name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/** A folder that is not complete breaks itself only: its frame shows the sentence. */
function incomplete(sentence: string): Promise<never> {
  return Promise.reject(new Error(sentence));
}

export const widgets: ReadonlyMap<string, FoundWidget> = new Map(
  Object.entries(schemas)
    .map(([path, schema]) => {
      const folder = path.split("/")[1]!;
      const file = `${pascal(folder)}.vue`;
      const load =
        components[`./${folder}/${file}`] ??
        (() => incomplete(`widgets/${folder} has no ${file}`));
      return [folder, { ...schema, type: folder, load }] as const;
    })
    .sort(([a], [b]) => a.localeCompare(b)),
);
