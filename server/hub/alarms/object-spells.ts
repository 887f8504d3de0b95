/**
 * Which alarms of moving objects stand. A terminal tells its alarms with every
 * position, and forgets one now and then: a spell is over when the object said
 * for a while that there is none, or nothing at all for longer.
 */
import type { ObjectAlarm } from "../../../contract/object-alarm.ts";
import type { PositionView } from "../../../contract/position.ts";
import { MINUTE, SECOND } from "../../../contract/time.ts";

/** An object's own time without the alarm. */
export const CALM = 30 * SECOND;
/** Nothing was heard of the object. */
export const SILENT = 10 * MINUTE;
/** A spell that lasts is told where its object is now. */
export const REFRESH = 5 * MINUTE;

export interface ObjectSpell {
  row: ObjectAlarm;
  /** Where it is as it was last told. */
  view: PositionView;
  /** Instant of the position that told it first; with object and alarm it names the spell. */
  since: number;
  /** Instant of the newest position that told it. */
  toldAt: number;
  /** When the hub last heard of the object. */
  heardAt: number;
  /** Instant of the position that was last told on. */
  refreshedAt: number;
}

export interface Changes {
  begun: ObjectSpell[];
  refreshed: ObjectSpell[];
  over: ObjectSpell[];
  /** Alarms that begin no spell: too many of the system stand. */
  refused: number;
}

export interface ObjectSpells {
  /**
   * What a newer position changes. HOT PATH: of every position.
   * @returns null where nothing
   */
  heard(view: PositionView, now: number): Changes | null;
  /** Ends those whose objects are silent. */
  silent(now: number): ObjectSpell[];
  /** One that stood before a restart; false where another of its object's alarm does. */
  resume(spell: ObjectSpell): boolean;
  clear(): void;
}

/** A spell as it begins. */
export const spellSince = (
  since: number,
  of: Pick<ObjectSpell, "row" | "view" | "heardAt">,
): ObjectSpell => ({ ...of, since, toldAt: since, refreshedAt: since });

const systemOf = (object: string) => object.split("/", 1)[0]!;

/** @param most spells of one system that stand at once */
export function createObjectSpells(
  rows: readonly ObjectAlarm[],
  most: number,
): ObjectSpells {
  const byKind = new Map<string, Map<string, ObjectAlarm>>();
  for (const row of rows) {
    const same = byKind.get(row.kind) ?? new Map<string, ObjectAlarm>();
    byKind.set(row.kind, same.set(row.alarm, row));
  }
  /** By object, then by alarm. */
  const standing = new Map<string, Map<string, ObjectSpell>>();
  const counts = new Map<string, number>();

  function add(spell: ObjectSpell): void {
    const { id } = spell.view;
    const own = standing.get(id) ?? new Map<string, ObjectSpell>();
    standing.set(id, own.set(spell.row.alarm, spell));
    const system = systemOf(id);
    counts.set(system, (counts.get(system) ?? 0) + 1);
  }

  function end(id: string, own: Map<string, ObjectSpell>, alarm: string): void {
    own.delete(alarm);
    if (own.size === 0) standing.delete(id);
    const system = systemOf(id);
    counts.set(system, counts.get(system)! - 1);
  }

  return {
    heard(view, now) {
      const own = standing.get(view.id);
      if (view.alarms.length === 0 && own === undefined) return null;
      const known = byKind.get(view.kind);
      if (known === undefined && own === undefined) return null;
      const changes: Changes = {
        begun: [],
        refreshed: [],
        over: [],
        refused: 0,
      };
      for (const alarm of new Set(view.alarms)) {
        const row = known?.get(alarm);
        const spell = own?.get(alarm);
        if (spell) {
          spell.toldAt = view.at;
          if (view.at - spell.refreshedAt >= REFRESH) {
            spell.refreshedAt = view.at;
            changes.refreshed.push(spell);
          }
        } else if (row && (counts.get(systemOf(view.id)) ?? 0) >= most)
          changes.refused++;
        else if (row) {
          const fresh = spellSince(view.at, { row, view, heardAt: now });
          add(fresh);
          changes.begun.push(fresh);
        }
      }
      for (const [alarm, spell] of own ?? []) {
        spell.view = view;
        spell.heardAt = now;
        if (view.at - spell.toldAt < CALM) continue;
        end(view.id, own!, alarm);
        changes.over.push(spell);
      }
      return changes;
    },

    silent(now) {
      const over: ObjectSpell[] = [];
      for (const [id, own] of standing)
        for (const [alarm, spell] of own)
          if (now - spell.heardAt > SILENT) {
            end(id, own, alarm);
            over.push(spell);
          }
      return over;
    },

    resume(spell) {
      if (standing.get(spell.view.id)?.has(spell.row.alarm)) return false;
      add(spell);
      return true;
    },

    clear() {
      standing.clear();
      counts.clear();
    },
  };
}
