/**
 * What a widget tells the frame around it: what it is called and how old its
 * data is (F48). The frame shows it; the widget draws only its data.
 */
import { inject, onScopeDispose, provide, watch, type InjectionKey } from "vue";
import type { Freshness } from "../../contract/level.ts";
import type { RoomState } from "./room.ts";

export interface Part {
  freshness: Freshness | null;
  at: number | null;
}

export interface WidgetReport {
  /** Title where the placed widget has none of its own. */
  title?: string;
  /** Everything the picture stands on: signs, feeds, sensors. */
  parts?: readonly Part[];
  /** Of the topics it follows, where there are no dated parts. */
  rooms?: readonly { readonly state: RoomState }[];
}

const key: InjectionKey<(report: WidgetReport | null) => void> =
  Symbol("widget report");

export function provideReport(
  receive: (report: WidgetReport | null) => void,
): void {
  provide(key, receive);
}

/** Keeps the frame informed; without a frame around it, nothing happens. */
export function useReport(report: () => WidgetReport): void {
  const tell = inject(key, null);
  if (!tell) return;
  watch(report, tell, { immediate: true });
  onScopeDispose(() => tell(null));
}

/** Freshness of a whole panel. `old`: how many of its parts are stale or lost. */
export interface Summary {
  freshness: Freshness | null;
  at: number | null;
  old: number;
}

const ORDER: Freshness[] = ["live", "late", "stale", "lost"];

/**
 * A panel is as fresh as its freshest part, and says how many are older: one
 * dead sensor must not grey out seven good ones, nor hide among them.
 */
export function summarise(parts: readonly Part[]): Summary {
  let best = ORDER.length;
  let at: number | null = null;
  let old = 0;
  for (const part of parts) {
    if (part.freshness === null) continue;
    const rank = ORDER.indexOf(part.freshness);
    if (rank < best) best = rank;
    if (rank >= 2) old++;
    if (part.at !== null && (at === null || part.at > at)) at = part.at;
  }
  const freshness = ORDER[best] ?? null;
  return { freshness, at, old: best >= 2 ? 0 : old };
}
