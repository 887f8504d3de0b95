/**
 * Lets many readers in together, or one writer alone; a waiting writer goes
 * before readers that come after it.
 */
export interface Gate {
  shared<T>(work: () => Promise<T>): Promise<T>;
  alone<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(): Gate {
  /** Settles when the last writer asked for has left. */
  let writer: Promise<unknown> | null = null;
  const readers = new Set<Promise<unknown>>();
  const quiet = (work: Promise<unknown>) => work.catch(() => undefined);

  return {
    async shared(work) {
      while (writer) await writer;
      const mine = work();
      const left = quiet(mine);
      readers.add(left);
      void left.then(() => readers.delete(left));
      return mine;
    },
    alone(work) {
      const before = writer;
      const mine = (async () => {
        await before;
        await Promise.all(readers);
        return work();
      })();
      const left = quiet(mine).then(() => {
        if (writer === left) writer = null;
      });
      writer = left;
      return mine;
    },
  };
}
