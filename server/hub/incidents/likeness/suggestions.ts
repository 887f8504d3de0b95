/**
 * Category and department suggested for an incident, with what led to them,
 * learned from closed incidents as they close (product F20).
 */
import type { DataScope } from "../../../../contract/data-scope.ts";
import type { Zone } from "../../../../contract/zone.ts";
import type { Counts } from "./experience.ts";
import { featuresOf, readFeatures, SIGNS, type Sign } from "./features.ts";
import { createJudge, type Judge } from "./judge.ts";
import { createNeighbours, type Near } from "./neighbours.ts";
import { reasonsOf, type Reason } from "./reasons.ts";
import type { Reported } from "./reported.ts";

export interface SuggestionRules {
  /** A first suggestion less sure than this is not said at all. */
  least: { category: number; department: number };
  /** Closed incidents of a catalogue's category; with fewer nothing is said against it. */
  against: number;
  /** Suggested at most. */
  most: number;
  /** Metres in which closed incidents are neighbours. */
  radius: number;
  /** Closed incidents held as neighbours; after as many all counts are halved. */
  held: number;
  /** Words, areas, sources counted at most, of each sign and for category and department each. */
  features: number;
}

export const SUGGESTION_RULES: SuggestionRules = {
  least: { category: 0.55, department: 0.55 },
  against: 10,
  most: 3,
  radius: 300,
  held: 100_000,
  features: 60_000,
};

export interface Suggestion {
  /** Code of the category or department. */
  value: string;
  /** 0…1: how often such a suggestion is right. */
  confidence: number;
  /** What led to it most first; empty where it is merely the usual one. */
  reasons: Reason[];
}

export interface Suggested {
  /** Likeliest first; empty where nothing is sure enough. */
  category: Suggestion[];
  department: Suggestion[];
}

/** A line of a catalogue; null where it does not speak of one. */
export interface Entry {
  text: string;
  category: string | null;
  department: string | null;
}

export interface Suggestions {
  /** Learns a closed incident, with the category and department it closed with; of one known by its id only whose it is now. */
  learn(closed: Reported): void;
  /** Learns what the city's catalogue calls a category or says of a department's duties, so that a city without history has something to go by. */
  teach(entry: Entry): void;
  /** Takes back what was learned; what closed lately is not lived through again. @param closed as it was when it was learned */
  forget(closed: Reported): void;
  /** Names it no more: it is open again, and whose it is may change. What it taught stays. */
  hide(id: string): void;
  /**
   * Suggests from what the incident says, where and when. Its own category,
   * where it has one, is believed for the department; its own department is not looked at.
   * @param within reasons name and count only what lies there; the rest was learned all the same
   */
  suggest(incident: Reported, within: DataScope): Suggested;
  /** Closed incidents held as neighbours. */
  readonly size: number;
}

const TARGETS = ["category", "department"] as const;
type Target = (typeof TARGETS)[number];

/** A category cannot be told by itself. */
const SIGNS_OF: Record<Target, ReadonlySet<Sign>> = {
  category: new Set(SIGNS.filter((sign) => sign !== "category")),
  department: new Set(SIGNS),
};
/** Neighbours looked at; of more, the nearest. */
const MOST_NEAR = 200;
/** Seen by those alone who see the whole city. */
const NOBODYS = { departments: [], district: null };
/** A neighbour this many metres away counts half. */
const HALF = 100;

export function createSuggestions(
  zone: Zone,
  rules = SUGGESTION_RULES,
): Suggestions {
  const neighbours = createNeighbours(rules.held, rules.radius);
  const judges: Record<Target, Judge> = {
    category: createJudge(SIGNS_OF.category, rules.features),
    department: createJudge(SIGNS_OF.department, rules.features),
  };
  /** Of each category of the catalogue: how many closed with it. */
  const closedWith = new Map<string, number>();
  let learned = 0;
  let halvings = 0;

  /** What somebody filed is not doubted by who hardly saw it; a sender's own code is nobody's choice. */
  const isDoubtful = ({ category }: Reported): boolean =>
    category === null ||
    (closedWith.get(category) ?? Infinity) >= rules.against;
  function closes(category: string | null, by: 1 | -1): void {
    const count = category === null ? undefined : closedWith.get(category);
    if (count !== undefined) closedWith.set(category!, count + by);
  }

  const nearTo = ({ id, lng, lat }: Reported): Near[] =>
    lng === null || lat === null
      ? []
      : neighbours
          .near(lng, lat, rules.radius, MOST_NEAR)
          .filter(({ neighbour }) => neighbour.id !== id);

  function said(target: Target, of: Reported, within: DataScope): Suggestion[] {
    const read = readFeatures(of, zone);
    const near = nearTo(of);
    const judge = judges[target];
    const verdicts = judge.judge(
      read.features,
      countsOf(near, target),
      rules.most,
    );
    if ((verdicts[0]?.confidence ?? 0) < rules.least[target]) return [];
    const { experience } = judge;
    const { radius } = rules;
    const ground = { experience, read, near, radius, target, within };
    return verdicts.map((verdict) => ({
      value: verdict.label,
      confidence: verdict.confidence,
      reasons: reasonsOf(verdict, ground),
    }));
  }

  return {
    learn(closed) {
      const { id, lng, lat, category, department } = closed;
      const { departments, district } = closed;
      const known = neighbours.get(id);
      if (known) return void Object.assign(known, { departments, district });
      const { features } = readFeatures(closed, zone);
      for (const target of TARGETS) {
        const label = closed[target];
        const near = () => countsOf(nearTo(closed), target);
        if (label !== null) judges[target].learn(features, near, label);
      }
      neighbours.add({
        ...{ id, lng, lat, category, department, halvings },
        ...{ departments, district },
      });
      closes(category, 1);
      if (++learned % rules.held === 0) {
        for (const target of TARGETS) judges[target].halve();
        halvings++;
      }
    },
    teach({ text, ...labels }) {
      if (labels.category !== null && !closedWith.has(labels.category))
        closedWith.set(labels.category, 0);
      const features = featuresOf(text);
      for (const target of TARGETS) {
        const label = labels[target];
        if (label !== null) judges[target].teach(features, label);
      }
    },
    forget(closed) {
      const known = neighbours.delete(closed.id);
      if (!known) return;
      closes(known.category, -1);
      const { features } = readFeatures(closed, zone);
      const amount = 0.5 ** (halvings - known.halvings);
      for (const target of TARGETS) {
        const label = known[target];
        if (label !== null) judges[target].forget(features, label, amount);
      }
    },
    hide(id) {
      const known = neighbours.get(id);
      if (known) Object.assign(known, NOBODYS);
    },
    suggest: (incident, within) => ({
      category: isDoubtful(incident) ? said("category", incident, within) : [],
      department: said("department", incident, within),
    }),
    get size() {
      return neighbours.size;
    },
  };
}

/** The nearer the more it counts. */
function countsOf(near: readonly Near[], target: Target): Counts {
  const of = new Map<string, number>();
  let all = 0;
  for (const { neighbour, distance } of near) {
    const label = neighbour[target];
    if (label === null) continue;
    const counted = 1 / (1 + distance / HALF);
    of.set(label, (of.get(label) ?? 0) + counted);
    all += counted;
  }
  return { of, all };
}
