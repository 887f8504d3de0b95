/** One question to a door as reactive state, for pages. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from "vue";
import { CallError } from "./call.ts";
import { complete } from "./session.ts";

export interface Asked<T> {
  answer: Readonly<ShallowRef<T | null>>;
  /** Null while nothing is wrong. */
  trouble: Readonly<ShallowRef<CallError | null>>;
  again(): void;
}

/** Ms before a hub that could not be reached is asked again. */
const AGAIN = 2_000;

/**
 * Asks now and, while the hub cannot be reached, again and again; what a locked
 * desk was refused is asked again when it is unlocked.
 */
export function useAsk<T>(ask: () => Promise<T>): Asked<T> {
  const answer = shallowRef<T | null>(null);
  const trouble = shallowRef<CallError | null>(null);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function again(): void {
    const mine = ++turn;
    clearTimeout(timer);
    ask().then(
      (told) => {
        if (mine !== turn) return;
        answer.value = told;
        trouble.value = null;
      },
      (cause: unknown) => {
        if (mine !== turn) return;
        trouble.value =
          cause instanceof CallError
            ? cause
            : new CallError(String(cause), 0, null);
        if (trouble.value.status === 0 || trouble.value.status >= 500)
          timer = setTimeout(again, AGAIN);
      },
    );
  }
  again();
  watch(complete, (is) => is && trouble.value?.status === 401 && again());
  onScopeDispose(() => {
    turn++;
    clearTimeout(timer);
  });
  return { answer, trouble, again };
}
