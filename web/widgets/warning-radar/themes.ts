/** Groups signs by theme and finds what is worst. Pure. */
import type { State } from "../../../contract/level.ts";
import type { Sign } from "../../live/indicator.ts";

export interface Theme {
  /** Chinese name: the theme's key. */
  key: string;
  signs: Sign[];
  /** Worst level of its signs; `stale` only where nothing is heard at all. */
  worst: State;
}

/** Worst first. */
export const ORDER: State[] = [
  "red",
  "orange",
  "yellow",
  "blue",
  "normal",
  "none",
  "stale",
];
const rank = (state: State) => ORDER.indexOf(state);
export const isAlarm = (state: State) => rank(state) < 4;

export function themesOf(
  signs: readonly Sign[],
  only: readonly string[],
): Theme[] {
  const themes = new Map<string, Sign[]>();
  for (const sign of signs) {
    const key = sign.row?.theme;
    if (key === undefined || (only.length > 0 && !only.includes(key))) continue;
    const list = themes.get(key);
    if (list) list.push(sign);
    else themes.set(key, [sign]);
  }
  return [...themes].map(([key, list]) => {
    // A sign that never reported has no say in its theme.
    const heard = list.filter((sign) => sign.view !== null);
    const worst = heard.reduce<State>(
      (w, sign) => (rank(sign.state) < rank(w) ? sign.state : w),
      "stale",
    );
    return { key, signs: list, worst };
  });
}

/** Signs in alarm, worst first, then the one that has lasted longest. */
export function alarmsOf(themes: readonly Theme[]): Sign[] {
  return themes
    .flatMap((theme) => theme.signs)
    .filter((sign) => isAlarm(sign.state))
    .sort(
      (a, b) =>
        rank(a.state) - rank(b.state) ||
        (a.view?.since ?? 0) - (b.view?.since ?? 0),
    );
}
