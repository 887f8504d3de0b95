/** A list that a door tells page by page. */
import { ref, shallowRef } from "vue";
import { CallError } from "../live/call.ts";

export interface Page<T> {
  items: T[];
  cursor: string | null;
}

/** @param ask one page; the first where `cursor` is undefined */
export function usePages<T, P extends Page<T> = Page<T>>(
  ask: (cursor: string | undefined) => Promise<P>,
) {
  const items = shallowRef<T[]>([]);
  const cursor = ref<string | null>(null);
  const busy = ref(false);
  const trouble = shallowRef<CallError | null>(null);
  let turn = 0;

  async function load(from?: string): Promise<P | null> {
    const mine = ++turn;
    busy.value = true;
    trouble.value = null;
    try {
      const page = await ask(from);
      if (mine !== turn) return null;
      items.value =
        from === undefined ? page.items : [...items.value, ...page.items];
      cursor.value = page.cursor;
      return page;
    } catch (cause) {
      if (mine === turn)
        trouble.value =
          cause instanceof CallError
            ? cause
            : new CallError(String(cause), 0, null);
      return null;
    } finally {
      if (mine === turn) busy.value = false;
    }
  }
  return {
    ...{ items, cursor, busy, trouble },
    /** From the start; an answer that comes after a newer question is dropped. */
    load: () => load(),
    more: () => load(cursor.value ?? undefined),
  };
}
