/** Walls as they are held in memory, found by their id and by their tokens. */
import { say } from "../../contract/sentence.ts";
import type { Clock } from "../lib/clock.ts";
import type { DeviceRecord, Store } from "../store/store.ts";
import { Denied } from "./denied.ts";
import { hashOf } from "./secrets.ts";

export function createKnownWalls(store: Store["devices"], clock: Clock) {
  const walls = new Map<string, DeviceRecord>();
  /** SHA-256 of a token, present or former → wall. */
  const tokens = new Map<string, string>();

  function hold(record: DeviceRecord): void {
    const before = walls.get(record.id);
    for (const token of [before?.token, before?.former])
      if (token) tokens.delete(token);
    walls.set(record.id, record);
    tokens.set(record.token, record.id);
    if (record.former !== null) tokens.set(record.former, record.id);
  }

  /** @throws Denied 404 */
  function recordOf(id: string): DeviceRecord {
    const found = walls.get(id);
    if (!found) throw new Denied(404, say("noWall", { id }));
    return found;
  }

  return {
    hold,
    recordOf,
    all: () => walls.values(),

    /** Changes nothing else: a wall may be revoked while the store writes. */
    async keep(id: string, change: Partial<DeviceRecord>) {
      await store.put([{ ...recordOf(id), ...change }]);
      hold({ ...recordOf(id), ...change });
    },

    /** The wall that has this token, in force or not. */
    holderOf(token: string): DeviceRecord | null {
      const hash = hashOf(token);
      const record = walls.get(tokens.get(hash) ?? "");
      if (!record) return null;
      const isFormer = record.token !== hash;
      const isOver = isFormer && (record.formerUntil ?? 0) <= clock.now();
      return isOver ? null : record;
    },
  };
}
