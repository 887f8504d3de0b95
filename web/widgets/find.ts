/** One widget by its type: a wall loads only what it shows. A folder that begins with `_` is no widget. */
import type { Component } from "vue";
import type { Widget } from "./define.ts";

const schemas = import.meta.glob<Widget>("./[a-z]*/schema.ts", {
  import: "default",
});
const components = import.meta.glob<Component>("./[a-z]*/*.vue", {
  import: "default",
});

export interface LoadedWidget {
  schema: Widget;
  component: Component;
}

const pascal = (name: string) =>
  name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/** @returns null where there is no such widget; what it returns rejects where its folder is not complete */
export function findWidget(type: string): (() => Promise<LoadedWidget>) | null {
  const schema = schemas[`./${type}/schema.ts`];
  if (!schema) return null;
  const file = `${pascal(type)}.vue`;
  const component = components[`./${type}/${file}`];
  return async () => {
    if (!component) throw new Error(`widgets/${type} has no ${file}`);
    const [loaded, drawn] = await Promise.all([schema(), component()]);
    return { schema: loaded, component: drawn };
  };
}
