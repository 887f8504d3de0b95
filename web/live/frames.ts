/** Collects whatever changed and tells it once per painted frame. */
export interface Frames {
  add(change: () => void): void;
}

/** A hidden tab paints no frames: changes wait, each kept once. */
export function createFrames(
  next: (paint: () => void) => void = (paint) =>
    void requestAnimationFrame(paint),
): Frames {
  let waiting = new Set<() => void>();
  return {
    add(change) {
      if (waiting.size === 0)
        next(() => {
          const changes = waiting;
          waiting = new Set();
          for (const each of changes) each();
        });
      waiting.add(change);
    },
  };
}
