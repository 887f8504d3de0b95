/** The lists behind a figure: which measures it is made of, and of what part of the city. Pure. */
import type { InjectionKey } from "vue";
import type { Measure, MeasuredStage } from "../../contract/counted.ts";
import type { MatterClass } from "../../contract/limit.ts";
import type { Figures, Share } from "../../contract/statistics.ts";

/** A part of what is chosen; nothing = all of it. */
export interface Where {
  district?: string;
  town?: string;
  department?: string;
  source?: string;
  domain?: string;
  matterClass?: MatterClass;
}

/** A list, and how long it was when the figure was counted. */
export interface List {
  measure: Measure;
  n: number;
}

export interface Behind {
  /** What the figure is called. */
  title: string;
  where: Where;
  /** The most telling first. */
  lists: readonly List[];
}

/** Shows the incidents behind a figure; whatever page holds figures provides it. */
export const OPEN_BEHIND: InjectionKey<(behind: Behind) => void> =
  Symbol("open behind");

/** Of a limit: who broke it is asked first. */
export const limitLists = (
  stage: MeasuredStage,
  { n, of }: Share,
  by: "" | "First" = "",
): List[] => [
  { measure: `${stage}.late${by}`, n: of - n },
  { measure: `${stage}.kept${by}`, n },
  { measure: `${stage}.settled${by}`, n: of },
];

const pair =
  (n: Measure, of: Measure) =>
  (share: Share): List[] => [
    { measure: n, n: share.n },
    { measure: of, n: share.of },
  ];

type Rate = {
  [K in keyof Figures]: Figures[K] extends Share ? K : never;
}[keyof Figures];

/** @param isPart of a department, whose supervised are a share of its orders */
export function listsOf(rate: Rate, share: Share, isPart: boolean): List[] {
  return LISTS[rate](share, isPart);
}

const LISTS: Record<Rate, (share: Share, isPart: boolean) => List[]> = {
  onTime: (share) => limitLists("whole", share),
  onTimeFirst: (share) => limitLists("whole", share, "First"),
  handled: (share) => limitLists("handle", share),
  handledFirst: (share) => limitLists("handle", share, "First"),
  rework: pair("reworked", "fedBack"),
  returns: pair("returned", "dispatched"),
  // What was sent right is a difference of two, and no list of its own.
  accuracy: () => [],
  supervision: (share, isPart) =>
    pair("supervised", isPart ? "dispatched" : "registered")(share),
  reached: pair("answered", "evaluated"),
  satisfaction: pair("satisfied", "answered"),
};

/** What a list is called: `late`, `kept`, …, or the act's own name. */
export const wordOf = (measure: Measure): string =>
  measure.replace(/^.*\./, "").replace(/First$/, "");
