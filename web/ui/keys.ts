/** Keys of the surfaces: one table that the handlers and the help page read. */
import { onScopeDispose, ref } from "vue";

export const KEYS = [
  { key: "f", does: "fullscreen" },
  { key: "t", does: "theme" },
  { key: "l", does: "language" },
  { key: "s", does: "scale" },
  { key: "?", does: "help" },
] as const;
type Does = (typeof KEYS)[number]["does"];

/** Listens for keys; `?` shows and hides the page of keys wherever this is used. */
export function useKeys(
  acts: Partial<Record<Exclude<Does, "help">, () => void>> = {},
) {
  const help = ref(false);

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") help.value = false;
    const found = KEYS.find((one) => one.key === event.key.toLowerCase());
    if (found?.does === "help") help.value = !help.value;
    else if (found) acts[found.does]?.();
  }
  addEventListener("keydown", press);
  onScopeDispose(() => removeEventListener("keydown", press));
  return { help };
}
