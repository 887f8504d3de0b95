/**
 * What a department has to say and the hub has not yet acknowledged. Bounded:
 * when it is full the oldest items go and are counted, because a department
 * would rather know the present than remember every second of an outage.
 */
export interface Outbox<T> {
  push(items: readonly T[]): void;
  /** Removes and gives up to `count` of the oldest items. */
  take(count: number): T[];
  /** Puts back what was taken and not acknowledged, before all others. */
  giveBack(items: readonly T[]): void;
  /** Resolves when there is something to take, at once if there is. */
  filled(): Promise<void>;
  readonly size: number;
  /** Items that had to go because the box was full. */
  readonly dropped: number;
}

export function createOutbox<T>(limit: number): Outbox<T> {
  let items: T[] = [];
  let dropped = 0;
  let wake: (() => void) | null = null;

  const bound = () => {
    const over = items.length - limit;
    if (over <= 0) return;
    items.splice(0, over);
    dropped += over;
  };

  return {
    push(more) {
      for (const item of more) items.push(item);
      bound();
      if (items.length > 0) wake?.();
    },
    take: (count) => items.splice(0, count),
    giveBack(taken) {
      items = [...taken, ...items];
      bound();
      if (items.length > 0) wake?.();
    },
    filled: () =>
      items.length > 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            wake = () => {
              wake = null;
              resolve();
            };
          }),
    get size() {
      return items.length;
    },
    get dropped() {
      return dropped;
    },
  };
}
