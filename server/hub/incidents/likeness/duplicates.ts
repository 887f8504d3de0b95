/**
 * Near duplicates: which open incidents may be the same matter as one that was
 * reported, judged by place, time, category and words (product F19).
 */
import {
  sees,
  type DataScope,
  type Whose,
} from "../../../../contract/data-scope.ts";
import { MINUTE } from "../../../../contract/time.ts";
import { gramSet, readGrams, termsOf, type Grams } from "./grams.ts";
import { createNearby, distanceOf, type Placed, type Reach } from "./nearby.ts";
import { createRarity, type Rarity } from "./rarity.ts";
import { sayingOf, type Reported } from "./reported.ts";

export interface DuplicateRules {
  usual: Reach;
  /** Category code → its own reach; that of the incident asked about counts. */
  categories: Readonly<Record<string, Reach>>;
  /** Scores below are not worth a look. */
  least: number;
  /** Candidates shown at most. */
  most: number;
}

export const DUPLICATE_RULES: DuplicateRules = {
  usual: { radius: 300, within: 60 * MINUTE },
  categories: {},
  least: 0.5,
  most: 5,
};

export interface Candidate {
  id: string;
  /** 0…1. */
  score: number;
  /** Metres; null where one of the two has no location. */
  distance: number | null;
  /** Minutes between the two reports. */
  apart: number;
  sameCategory: boolean;
  /** What both say, rarest first, as it stands in the report asked about. */
  words: string[];
}

export interface Duplicates {
  /** Holds an open incident as it is now, instead of as it was. */
  tell(incident: Reported): void;
  /** Lets one go that is over. */
  drop(id: string): void;
  /** Open incidents within a scope that may be the same matter, likeliest first; never itself. It need not be held. */
  candidates(incident: Reported, within: DataScope): Candidate[];
  readonly size: number;
}

interface Held extends Placed, Whose {
  category: string | null;
  /** Numbers of its grams. */
  matter: Uint32Array;
  address: Uint32Array;
}

/** Of more in reach, the nearest in time: the bound of what a question costs. */
const LOOKED_AT = 500;
const MOST_WORDS = 5;
/**
 * Two people say the same thing in different words: a cosine of this much is
 * as good as the same text.
 */
const SAME_TEXT = 0.5;
/** What each sign is worth. Same category nearby and soon is the rule for merging (domain.md §4). */
const WORTH = { category: 0.4, text: 0.35, place: 0.15, time: 0.1 };

export function createDuplicates(rules = DUPLICATE_RULES): Duplicates {
  const matters = createRarity();
  const addresses = createRarity();
  const held = new Map<string, Held>();
  const reaches = [rules.usual, ...Object.values(rules.categories)];
  const nearby = createNearby<Held>(
    Math.max(...reaches.map(({ radius }) => radius)),
  );

  function drop(id: string): void {
    const old = held.get(id);
    if (!old) return;
    held.delete(id);
    nearby.delete(old);
    matters.release(old.matter);
    addresses.release(old.address);
  }

  /** Those in reach that are worth a look. */
  function* scored(of: Reported, { matter, address }: Read, within: DataScope) {
    const reach = reachOf(of, rules);
    const own = placedOf(of);
    const likeMatter = matters.likeness(matter);
    const likeAddress = addresses.likeness(address);
    // Asked before the nearest are chosen: what is not theirs takes no place of theirs.
    const isWanted = (other: Held) => other.id !== of.id && sees(within, other);
    for (const other of nearby.inReach(own, reach, LOOKED_AT, isWanted)) {
      const distance = distanceOf(own, other);
      const apart = Math.abs(other.at - own.at);
      const text = likeText(likeMatter(other.matter));
      const place =
        distance === null
          ? likeText(likeAddress(other.address))
          : 1 - distance / reach.radius;
      // Without a location and without a word in common, nothing speaks for it.
      if (distance === null && text + place === 0) continue;
      const score =
        WORTH.category * alike(of.category, other.category) +
        WORTH.text * text +
        WORTH.place * place +
        WORTH.time * (1 - apart / (reach.within || 1));
      if (score >= rules.least)
        yield { other, score, distance, apart: apart / MINUTE };
    }
  }

  return {
    tell(incident) {
      drop(incident.id);
      const { matter, address } = readReport(incident);
      const { category, departments, district } = incident;
      const entry: Held = {
        ...placedOf(incident),
        ...{ category, departments, district },
        matter: matters.hold(matter),
        address: addresses.hold(address),
      };
      held.set(entry.id, entry);
      nearby.add(entry);
    },
    drop,
    candidates(incident, within) {
      const read = readReport(incident);
      return [...scored(incident, read, within)]
        .sort((a, b) => b.score - a.score || (a.other.id < b.other.id ? -1 : 1))
        .slice(0, rules.most)
        .map(({ other, score, distance, apart }) => {
          const words = sharedWords(read.said, matters, other.matter);
          // Where the map tells the place, its words led to nothing.
          if (distance === null)
            words.push(...sharedWords(read.at, addresses, other.address));
          return {
            ...{ id: other.id, score, distance, apart },
            sameCategory:
              incident.category !== null &&
              incident.category === other.category,
            words: words.slice(0, MOST_WORDS),
          };
        });
    },
    get size() {
      return held.size;
    },
  };
}

interface Read {
  said: Grams;
  at: Grams;
  /** Grams of title and description that the address has not: what the title says of the place is no likeness of the matter. */
  matter: Set<string>;
  address: Set<string>;
}

function readReport(of: Reported): Read {
  const [said, at] = [readGrams(sayingOf(of)), readGrams(of.address)];
  const address = gramSet(at);
  const matter = gramSet(said);
  for (const gram of address) matter.delete(gram);
  return { said, at, matter, address };
}

function sharedWords(
  own: Grams,
  rarity: Rarity,
  theirs: Uint32Array,
): string[] {
  const shared = new Set(theirs);
  const weigh = (gram: string) => {
    const number = rarity.numberOf(gram);
    return number !== undefined && shared.has(number)
      ? rarity.weigh(number)
      : 0;
  };
  return termsOf(own, weigh, MOST_WORDS);
}

const placedOf = ({ id, lng, lat, reportedAt }: Reported): Placed => ({
  id,
  lng,
  lat,
  at: reportedAt,
});

function reachOf({ category }: Reported, rules: DuplicateRules): Reach {
  // A feed may call its category "constructor".
  const own = category !== null && Object.hasOwn(rules.categories, category);
  return own ? rules.categories[category]! : rules.usual;
}

/** 1 the same, 0 another, a half where one is not known yet. */
function alike(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0.5;
  return a === b ? 1 : 0;
}

const likeText = (cosine: number) => Math.min(1, cosine / SAME_TEXT);
