/** Loads a widget's preview cases from its folder. */
import type { Preview } from "../preview/define.ts";

const found = import.meta.glob<Preview>("../widgets/[a-z]*/preview.ts", {
  import: "default",
});

export async function loadPreview(type: string): Promise<Preview> {
  const load = found[`../widgets/${type}/preview.ts`];
  if (!load) throw new Error(`widgets/${type}: no preview.ts`);
  return await load();
}
