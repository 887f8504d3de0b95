/** What led to a suggestion, as somebody at the desk can check it. */
import {
  isWholeCity,
  sees,
  type DataScope,
} from "../../../../contract/data-scope.ts";
import type { Experience } from "./experience.ts";
import type { Read, Sign } from "./features.ts";
import { termsOf } from "./grams.ts";
import type { Verdict } from "./judge.ts";
import type { Near } from "./neighbours.ts";

/** `count` of `of` closed incidents had what is suggested; `share` is 0…1. */
interface Counted {
  count: number;
  of: number;
  share: number;
}

export type Reason =
  /** Words of title and description, as they stand there. */
  | { kind: "words"; words: string[] }
  /** … of the address. */
  | { kind: "address"; words: string[] }
  /** Of those within `radius` metres; the nearest by their ids. */
  | ({ kind: "place"; radius: number; ids: string[] } & Counted)
  /** Of those of the same area, source, hour or category, where whoever asks may see them all. Old ones count less. */
  | {
      kind: "history";
      by: "area" | "source" | "hour" | "category";
      counted: Counted | null;
    }
  /** More often than usual among those that closed last. */
  | { kind: "lately" };

const MOST_REASONS = 3;
const MOST_WORDS = 3;
const MOST_IDS = 3;
/** Nats; a sign that adds less did not lead to anything. */
const LED = 0.15;

/** What is known where a verdict was found. */
export interface Ground {
  experience: Pick<Experience, "gain" | "count">;
  read: Read;
  /** Closed incidents within `radius` metres, nearest first. */
  near: readonly Near[];
  radius: number;
  target: "category" | "department";
  /** What whoever asks may see: of nothing else he is told, not even how many there are. */
  within: DataScope;
}

/** What led to it most first; empty where it is merely the usual one. */
export const reasonsOf = (verdict: Verdict, ground: Ground): Reason[] =>
  Object.entries(verdict.gains)
    .filter(([, gain]) => gain >= LED)
    .sort(([, a], [, b]) => b - a)
    .map(([sign]) => reasonOf(sign as Sign, verdict.label, ground))
    .filter((reason) => reason !== null)
    .slice(0, MOST_REASONS);

function reasonOf(
  sign: Sign,
  label: string,
  { experience, read, near, radius, target, within }: Ground,
): Reason | null {
  switch (sign) {
    case "usual":
      return null;
    case "lately":
      return { kind: "lately" };
    case "words":
    case "address": {
      const text = sign === "words" ? read.said : read.address;
      const weigh = (gram: string) => experience.gain(sign, gram, label);
      const words = termsOf(text, weigh, MOST_WORDS);
      return words.length > 0 ? { kind: sign, words } : null;
    }
    case "near": {
      const seen = near.filter(({ neighbour }) => sees(within, neighbour));
      const alike = seen.filter(({ neighbour }) => neighbour[target] === label);
      if (alike.length === 0) return null;
      const ids = alike.slice(0, MOST_IDS).map(({ neighbour }) => neighbour.id);
      return {
        ...{ kind: "place", radius, ids },
        ...counted(alike.length, seen.length),
      };
    }
    case "area":
    case "source":
    case "hour":
    case "category": {
      const { count, of } = experience.count(
        sign,
        read.features[sign][0]!,
        label,
      );
      if (count === 0) return null;
      return {
        ...{ kind: "history", by: sign },
        counted: isWholeCity(within) ? counted(count, of) : null,
      };
    }
  }
}

/** Counts that were halved are no longer whole. */
const counted = (count: number, of: number): Counted => ({
  count: Math.round(count),
  of: Math.round(of),
  share: count / of,
});
