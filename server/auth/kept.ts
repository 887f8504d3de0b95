/** Something that is kept as long as its session. */
import type { Sessions } from "./sessions.ts";

export interface Kept<T> {
  get(session: string): T | undefined;
  set(session: string, value: T): void;
  delete(session: string): void;
}

export function createKept<T>(sessions: Pick<Sessions, "holder">): Kept<T> {
  const kept = new Map<string, T>();
  return {
    get: (session) => kept.get(session),
    set(session, value) {
      for (const id of kept.keys()) if (!sessions.holder(id)) kept.delete(id);
      kept.set(session, value);
    },
    delete: (session) => void kept.delete(session),
  };
}
