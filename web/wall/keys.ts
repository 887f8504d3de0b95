/** What the wall's keys do. */
import { useLanguage } from "../i18n/index.ts";
import type { WallQuery } from "../screen/query.ts";
import { SCALE_MODES } from "../screen/scale.ts";
import { useKeys } from "../ui/keys.ts";

/** `change` writes parameters into the address, where a reload finds them. */
export function useWallKeys(wall: {
  query: () => WallQuery;
  theme: () => "dark" | "light";
  change: (to: Record<string, string>) => void;
}) {
  const { language } = useLanguage();
  return useKeys({
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
  });
}
