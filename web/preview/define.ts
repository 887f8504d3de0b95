/** What a widget's `preview.ts` gives: the same five cases for every widget. */
import type { DoorName } from "../../contract/api.ts";
import type { TopicName } from "../../contract/topic.ts";
import type { Reply } from "../live/call.ts";
import type { Item } from "../live/source.ts";
import type { OptionsIn, Widget } from "../widgets/define.ts";

export const CASES = [
  "normal",
  "empty",
  "stale",
  "overlong",
  "critical",
] as const;
export type CaseName = (typeof CASES)[number];

/** Answers of doors; a door that is not named answers with the sample city or with nothing. */
export type Replies = {
  [N in DoorName]?: (ask: {
    path: Record<string, string>;
    query: Record<string, unknown>;
    body: unknown;
  }) => Reply<N>;
};

export interface PreviewCase<W extends Widget = Widget> {
  options: OptionsIn<W>;
  /** What topics hold; a topic that is not named is empty. */
  topics?: { [N in TopicName]?: Item<N>[] };
  replies?: Replies;
  /** The connection is down: the last picture stays. */
  broken?: boolean;
  /** Other than the widget's own size, px. */
  size?: { width: number; height: number };
}

export type Preview<W extends Widget = Widget> = Record<
  CaseName,
  PreviewCase<W>
>;

/** Checks the options of every case against the widget's schema, at compile time. */
export const definePreview = <W extends Widget>(
  _widget: W,
  cases: Preview<W>,
): Preview<W> => cases;
