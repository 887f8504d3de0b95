/**
 * How suggestions are tried on recorded requests. Boston is cut by time: the
 * older 70 % are learned, thresholds are chosen on the next 10 %, the newest
 * 20 % are asked. The Chinese messages are too few for that: every tenth is
 * asked of a model that learned the other nine.
 */
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Zone } from "../../contract/zone.ts";
import type { Reported } from "../../server/hub/incidents/likeness/reported.ts";
import {
  createSuggestions,
  SUGGESTION_RULES,
  type Entry,
  type Suggestions,
} from "../../server/hub/incidents/likeness/suggestions.ts";
import { createChance } from "../../test/kit/chance.ts";
import type { Answer } from "./answers.ts";
import { BOSTON_ZONE, type Request } from "./boston.ts";
import { guessNearest, guessUsual, type Guess } from "./guesses.ts";
import { MESSAGES_ZONE, type Message } from "./messages.ts";

export type Target = "category" | "department";

export interface Trial {
  /** Answers, and others from which a threshold for them may be chosen. */
  parts: { answers: Answer[]; between: Answer[] }[];
  /** What needs no model, on the same ones. */
  floors: Record<string, Answer[]>;
}

export const answersOf = ({ parts }: Trial): Answer[] =>
  parts.flatMap(({ answers }) => answers);

const FOLDS = 10;

/** Says all it thinks, however unsure: the thresholds are what is looked for. */
const outspoken = (zone: Zone) =>
  createSuggestions(zone, {
    ...SUGGESTION_RULES,
    least: { category: 0, department: 0 },
  });

/** What is asked for is not told. */
export const asked = (of: Reported): Reported => ({
  ...of,
  category: null,
  department: null,
});

const cut = (all: readonly Request[]) => ({
  older: all.slice(0, 0.7 * all.length),
  between: all.slice(0.7 * all.length, 0.8 * all.length),
  newest: all.slice(0.8 * all.length),
});

/** @param every asks one of so many only */
export function tryBoston(
  all: readonly Request[],
  every = 1,
): Record<Target, Trial> {
  const { older, ...later } = cut(all);
  const some = (of: Request[]) => of.filter((_, i) => i % every === 0);
  const [between, newest] = [some(later.between), some(later.newest)];
  const suggestions = outspoken(BOSTON_ZONE);
  for (const request of older) suggestions.learn(request);
  const trial = (target: Target): Trial => {
    const ask = (of: Request) => answer(suggestions, of, target);
    return {
      parts: [{ answers: newest.map(ask), between: between.map(ask) }],
      floors: {
        usual: guesses(guessUsual(older, target), newest, target),
        nearest: guesses(guessNearest(older, target), newest, target),
      },
    };
  };
  return { category: trial("category"), department: trial("department") };
}

/** Asks the same ones in their order; each is learned when it closes, as in a city. */
export function tryClosing(all: readonly Request[]): Record<Target, Answer[]> {
  const suggestions = outspoken(BOSTON_ZONE);
  const ending = all
    .filter(({ closedAt }) => closedAt < Infinity)
    .sort((a, b) => a.closedAt - b.closedAt);
  const answers: Record<Target, Answer[]> = { category: [], department: [] };
  let next = 0;
  for (const request of cut(all).newest) {
    for (; (ending[next]?.closedAt ?? Infinity) <= request.reportedAt; next++)
      suggestions.learn(ending[next]!);
    for (const target of ["category", "department"] as const)
      answers[target].push(answer(suggestions, request, target));
  }
  return answers;
}

/** @param catalogue learned before any message */
export function tryMessages(
  messages: readonly Message[],
  catalogue: readonly Entry[] = [],
): Trial {
  const chance = createChance(20261126);
  const folds = messages.map(() => chance.between(0, FOLDS));
  const used = new Set(messages.map(({ category }) => category));
  const answers = Array.from({ length: FOLDS }, (_, out) => {
    const suggestions = outspoken(MESSAGES_ZONE);
    for (const entry of catalogue)
      if (used.has(entry.category!)) suggestions.teach(entry);
    messages.forEach((one, i) => {
      if (folds[i] !== out) suggestions.learn(one);
    });
    return messages
      .filter((_, i) => folds[i] === out)
      .map((of) => answer(suggestions, of, "category"));
  });
  return {
    parts: answers.map((own, out) => ({
      answers: own,
      between: answers.filter((_, fold) => fold !== out).flat(),
    })),
    // Told more than it should know: what is usual in all of them.
    floors: {
      usual: guesses(guessUsual(messages, "category"), messages, "category"),
    },
  };
}

function answer(
  suggestions: Suggestions,
  of: Reported,
  target: Target,
): Answer {
  const said = suggestions.suggest(asked(of), WHOLE_CITY)[target];
  return {
    right: of[target]!,
    said: said.map(({ value }) => value),
    confidence: said[0]?.confidence ?? 0,
  };
}

const guesses = (
  guess: Guess,
  of: readonly Reported[],
  target: Target,
): Answer[] =>
  of.map((one) => ({ right: one[target]!, said: guess(one), confidence: 0 }));
