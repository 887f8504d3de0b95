/** Hides the pointer of a wall that nobody touches. */
import { onScopeDispose, readonly, ref, toValue } from "vue";
import type { MaybeRefOrGetter } from "vue";

const REST = 3_000;

/** `always`: a kiosk never shows a pointer. */
export function useIdleCursor(always: MaybeRefOrGetter<boolean>) {
  const idle = ref(toValue(always));
  let timer: ReturnType<typeof setTimeout>;
  const wake = () => {
    clearTimeout(timer);
    idle.value = toValue(always);
    timer = setTimeout(() => (idle.value = true), REST);
  };
  const wakers = ["pointermove", "pointerdown", "keydown"] as const;
  for (const name of wakers) addEventListener(name, wake, { passive: true });
  wake();
  onScopeDispose(() => {
    clearTimeout(timer);
    for (const name of wakers) removeEventListener(name, wake);
  });
  return { idle: readonly(idle) };
}
