/** What all widgets declare, for galleries and palettes; see find.ts for one alone. */
import type { Widget } from "./define.ts";

const schemas = import.meta.glob<Widget>("./[a-z]*/schema.ts", {
  eager: true,
  import: "default",
});

/** By the names of their folders, in order. */
export const widgets: ReadonlyMap<string, Widget> = new Map(
  Object.entries(schemas)
    .map(([path, schema]) => {
      const type = path.split("/")[1]!;
      return [type, { ...schema, type }] as const;
    })
    .sort(([a], [b]) => a.localeCompare(b)),
);
