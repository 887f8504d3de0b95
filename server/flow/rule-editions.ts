/** One table of rules: the pack's until an edition is taken here, then the newest of those. */
import { isDeepStrictEqual } from "node:util";
import type { Edition, Given, RuleTable } from "../../contract/rule-table.ts";
import { say, type Sentence } from "../../contract/sentence.ts";
import type { Clock } from "../lib/clock.ts";
import type { Store } from "../store/store.ts";

/** Editions that are told of; all are kept. */
const TOLD = 50;

/** What is not taken, as a sentence. */
export class RulesRefusal extends Error {
  readonly why: "missing" | "conflict";
  readonly sentence: Sentence;
  constructor(why: "missing" | "conflict", sentence: Sentence) {
    super(sentence.message);
    this.why = why;
    this.sentence = sentence;
  }
}

/** Whoever takes an edition. */
export interface Taking {
  /** What the table is thought to hold. */
  edition: number;
  /** Login. */
  who: string;
  /** Called when all is judged, before anything is stored. */
  witness: (before: Edition, after: Edition) => Promise<void>;
}

export interface RuleEditions<Row> {
  load(): Promise<void>;
  rows(): Row[];
  /** The one that holds first. */
  editions(): Edition[];
  /** The rows that are given, whatever holds now. @throws TableError, RulesRefusal */
  given(given: Given): Promise<readonly Row[]>;
  /** What goes and changes, in the order of what holds, then what comes. */
  compared(rows: readonly Row[]): {
    changes: { before: Row | null; after: Row | null }[];
    same: number;
  };
  /** @throws RulesRefusal */
  put(rows: readonly Row[], taking: Taking): Promise<Edition>;
}

export function createRuleEditions<Row>(ask: {
  table: RuleTable;
  store: Pick<Store, "rules">;
  packed: readonly Row[];
  read: (csv: string) => Row[];
  /** What only one row may say. */
  keyOf: (row: Row) => string;
  clock: Clock;
}): RuleEditions<Row> {
  const { table, packed, keyOf, clock } = ask;
  const { rules } = ask.store;
  const ofPack: Edition = { no: 0, at: null, who: "", rows: packed.length };
  let held = packed;
  let editions = [ofPack];

  async function load(): Promise<void> {
    const taken = await rules.editions(table, TOLD);
    const [newest] = taken;
    held = newest ? await stored(newest.no) : packed;
    editions = [...taken, ofPack];
  }

  async function stored(no: number): Promise<readonly Row[]> {
    const rows = await rules.rows(table, no);
    if (!rows) throw new RulesRefusal("missing", say("noEdition", { no }));
    return rows as Row[];
  }

  return {
    load,
    rows: () => [...held],
    editions: () => editions,

    async given(given) {
      if ("csv" in given) return ask.read(given.csv);
      return given.no === 0 ? packed : stored(given.no);
    },

    compared(rows) {
      const next = new Map(rows.map((row) => [keyOf(row), row]));
      const known = new Set(held.map(keyOf));
      const pairs: { before: Row | null; after: Row | null }[] = [
        ...held.map((before) => ({
          ...{ before, after: next.get(keyOf(before)) ?? null },
        })),
        ...rows
          .filter((row) => !known.has(keyOf(row)))
          .map((after) => ({ before: null, after })),
      ];
      const changes = pairs.filter(
        ({ before, after }) => !isDeepStrictEqual(before, after),
      );
      return { changes, same: pairs.length - changes.length };
    },

    async put(rows, { edition, who, witness }) {
      const before = editions[0]!;
      const moved = (now: number) =>
        new RulesRefusal("conflict", say("rulesMoved", { edition, now }));
      if (before.no !== edition) throw moved(before.no);
      if (isDeepStrictEqual(rows, held))
        throw new RulesRefusal("conflict", say("rulesSame"));
      const no = edition + 1;
      const after = { no, at: clock.now(), who, rows: rows.length };
      await witness(before, after);
      if (!(await rules.put(table, after, rows))) throw moved(no);
      await load();
      return after;
    },
  };
}
