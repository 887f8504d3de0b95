/** Collects whatever changed and tells it once per painted frame. */
export interface Frames {
  add(change: () => void): void;
  /** Resolves when the first frame of changes was told. */
  first: Promise<void>;
}

/** A hidden tab paints no frames: changes wait, each kept once. */
export function createFrames(
  next: (paint: () => void) => void = (paint) =>
    void requestAnimationFrame(paint),
): Frames {
  let waiting = new Set<() => void>();
  let told: () => void;
  return {
    first: new Promise((resolve) => (told = resolve)),
    add(change) {
      if (waiting.size === 0)
        next(() => {
          const changes = waiting;
          waiting = new Set();
          for (const each of changes) each();
          told();
        });
      waiting.add(change);
    },
  };
}
