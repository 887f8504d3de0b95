/** Where in a form the hub's sentences belong. Pure. */
import type { Problem } from "../../../../contract/door.ts";
import type { FieldSentence } from "../../../../contract/sentence.ts";

/** `/body/co/0` and `/body/asked/body/co/0` are both about `co`; '' is about the whole. */
export const fieldOf = (path: string): string =>
  /\/body\/(?!asked\/)(\w+)/.exec(path)?.[1] ?? "";

/** By field; what is about none of those that are shown stands under ''. */
export function byField(
  { errors = [] }: Problem,
  shown: ReadonlySet<string>,
): Map<string, FieldSentence[]> {
  const found = new Map<string, FieldSentence[]>();
  for (const one of errors) {
    const named = fieldOf(one.path);
    const field = shown.has(named) ? named : "";
    found.set(field, [...(found.get(field) ?? []), one]);
  }
  return found;
}
