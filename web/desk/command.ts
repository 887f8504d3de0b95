/** What can be done at the desk: one object that buttons, keys and the page of keys read. */
import { onScopeDispose, reactive, shallowReactive } from "vue";

export interface Command {
  /** Names it in words and tests. */
  id: string;
  /** As `KeyboardEvent.key` tells it; a key of two presses is written `g i`. */
  key: string | null;
  /** In the reader's language. */
  name: () => string;
  /** Why it is not possible now, in the reader's language; null where it is. */
  obstacle: () => string | null;
  run: () => void;
}

export interface Commands {
  /** Those that exist now, in the order in which they came. */
  readonly all: readonly Command[];
  /** Adds commands as long as the component lives that asks. */
  offer(commands: readonly Command[]): void;
  /** The one that a key means now: of two the one that came last. */
  byKey(key: string): Command | null;
}

export function createCommands(): Commands {
  const all = shallowReactive<Command[]>([]);
  return reactive({
    all,
    offer(commands: readonly Command[]) {
      all.push(...commands);
      onScopeDispose(() => {
        for (const one of commands) all.splice(all.indexOf(one), 1);
      });
    },
    byKey: (key: string) => all.findLast((one) => one.key === key) ?? null,
  });
}
