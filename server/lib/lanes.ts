/** At most so many works at once; the others wait in line, up to a bound. */
export interface Lanes {
  /** @returns null where the line is full and the work was not begun */
  run<T>(work: () => Promise<T>): Promise<T> | null;
}

export function createLanes(lanes: number, mostWaiting: number): Lanes {
  const waiting: (() => void)[] = [];
  let busy = 0;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else busy--;
  };
  return {
    run(work) {
      if (busy < lanes) busy++;
      else if (waiting.length >= mostWaiting) return null;
      else {
        const turn = new Promise<void>((begin) => waiting.push(begin));
        return turn.then(work).finally(leave);
      }
      return work().finally(leave);
    },
  };
}
