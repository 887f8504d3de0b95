/**
 * Draws of many charts, spread over frames: thirty charts that change together
 * must not block one frame for a tenth of a second (performance.md).
 */
export interface Stagger {
  /** Draws soon; asked again before that, it is drawn once. */
  ask(draw: () => void): void;
  drop(draw: () => void): void;
}

/** Ms of one frame that charts may take. */
const BUDGET = 6;

export function createStagger(
  frame: (paint: () => void) => void = (paint) =>
    void requestAnimationFrame(paint),
  now: () => number = () => performance.now(),
): Stagger {
  const waiting = new Set<() => void>();
  let asked = false;

  function paint(): void {
    asked = false;
    const end = now() + BUDGET;
    for (const draw of waiting) {
      waiting.delete(draw);
      draw();
      if (now() >= end) break;
    }
    if (waiting.size > 0) request();
  }
  function request(): void {
    if (asked) return;
    asked = true;
    frame(paint);
  }
  return {
    ask(draw) {
      waiting.add(draw);
      request();
    },
    drop: (draw) => void waiting.delete(draw),
  };
}

/** One for all charts of a page. */
export const stagger = createStagger();
