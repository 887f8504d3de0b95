/** What moving objects of one system the hub holds: how many, of how many kinds, with how many lists of alarms. */
import type { PositionView } from "../../contract/position.ts";
import { createShare, MOST_WORDS, type Caps } from "./caps.ts";

export interface ObjectShares {
  add(system: string, view: PositionView): void;
  /** An object is no longer shown. */
  left(system: string, id: string): void;
  clear(): void;
  /** For one batch of a system. */
  room(system: string): {
    /** Why the system has no room for this one, or null. */
    refusal(view: PositionView): { path: string; message: string } | null;
  };
}

export function createObjectShares(caps: Caps): ObjectShares {
  const objects = createShare(caps.objects);
  const kinds = createShare(MOST_WORDS);
  // The store numbers each list for ever.
  const alarms = createShare(MOST_WORDS);
  return {
    add(system, view) {
      objects.add(system, view.id);
      kinds.add(system, view.kind);
      if (view.alarms.length > 0) alarms.add(system, listOf(view));
    },
    left: (system, id) => objects.delete(system, id),
    clear() {
      for (const share of [objects, kinds, alarms]) share.clear();
    },
    room(system) {
      const places = objects.room(system);
      const words = kinds.room(system);
      const lists = alarms.room(system);
      const more = (most: number, of: string) =>
        `the feeds of ${system} bring more than ${most} ${of}`;
      return {
        refusal(view) {
          if (!words.takes(view.kind))
            return { path: "/kind", message: more(MOST_WORDS, "kinds") };
          if (view.alarms.length > 0 && !lists.takes(listOf(view)))
            return {
              path: "/alarms",
              message: more(MOST_WORDS, "different lists of alarms"),
            };
          if (!places.takes(view.id))
            return {
              path: "/object",
              message: more(caps.objects, "moving objects (MAX_OBJECTS)"),
            };
          return null;
        },
      };
    },
  };
}

const listOf = ({ alarms }: PositionView) => JSON.stringify(alarms);
