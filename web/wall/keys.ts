/** The wall's keys: one table that the handler and the help page read. */
import { onScopeDispose, ref } from "vue";
import { useLanguage } from "../i18n/index.ts";
import type { WallQuery } from "../screen/query.ts";
import { SCALE_MODES } from "../screen/scale.ts";

export const KEYS = [
  { key: "f", does: "fullscreen" },
  { key: "t", does: "theme" },
  { key: "l", does: "language" },
  { key: "s", does: "scale" },
  { key: "?", does: "help" },
] as const;
type Does = (typeof KEYS)[number]["does"];

/** `change` writes parameters into the address, where a reload finds them. */
export function useWallKeys(wall: {
  query: () => WallQuery;
  theme: () => "dark" | "light";
  change: (to: Record<string, string>) => void;
}) {
  const help = ref(false);
  const { language } = useLanguage();

  const acts: Record<Does, () => void> = {
    fullscreen: () =>
      void (document.fullscreenElement
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen()),
    theme: () =>
      wall.change({ theme: wall.theme() === "dark" ? "light" : "dark" }),
    language: () =>
      wall.change({ lang: language.value === "zh" ? "en" : "zh" }),
    scale: () => {
      const next = SCALE_MODES.indexOf(wall.query().scale) + 1;
      wall.change({ scale: SCALE_MODES[next % SCALE_MODES.length]! });
    },
    help: () => (help.value = !help.value),
  };

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") help.value = false;
    const found = KEYS.find((one) => one.key === event.key.toLowerCase());
    if (found) acts[found.does]();
  }
  addEventListener("keydown", press);
  onScopeDispose(() => removeEventListener("keydown", press));
  return { help };
}
