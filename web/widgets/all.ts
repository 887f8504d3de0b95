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

export const widgets: ReadonlyMap<string, FoundWidget> = new Map(
  Object.entries(schemas)
    .map(([path, schema]) => {
      const folder = path.split("/")[1]!;
      const load = components[`./${folder}/${pascal(folder)}.vue`];
      if (!load) throw new Error(`widgets/${folder}: no ${pascal(folder)}.vue`);
      if (schema.type !== folder)
        throw new Error(`widgets/${folder}: its type says ${schema.type}`);
      return [folder, { ...schema, load }] as const;
    })
    .sort(([a], [b]) => a.localeCompare(b)),
);
