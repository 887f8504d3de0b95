/** Near duplicates and suggestions of an incident, where the desk is given a way to ask for them. */
import {
  inject,
  onScopeDispose,
  provide,
  shallowRef,
  watch,
  type InjectionKey,
  type ShallowRef,
} from "vue";
import type { Likeness } from "../../../contract/likeness.ts";

/** @throws whatever the door says */
export type AskLikeness = (id: string) => Promise<Likeness>;

const key: InjectionKey<AskLikeness> = Symbol("likeness");

export const provideLikeness = (ask: AskLikeness): void => provide(key, ask);

/** Null where nobody can be asked, or no answer came: the desk does without. @param rev asks anew when it changes */
export function useLikeness(
  id: string,
  rev: () => number | undefined,
): Readonly<ShallowRef<Likeness | null>> {
  const ask = inject(key, null);
  const found = shallowRef<Likeness | null>(null);
  let turn = 0;
  if (ask)
    watch(
      rev,
      (now) => {
        if (now === undefined) return;
        const mine = ++turn;
        ask(id).then(
          (likeness) => mine === turn && (found.value = likeness),
          () => mine === turn && (found.value = null),
        );
      },
      { immediate: true },
    );
  onScopeDispose(() => turn++);
  return found;
}
