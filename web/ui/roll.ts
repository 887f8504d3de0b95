/** Moves a changed figure into place; its text is already final (decisions C1). */

const STARTS_WITHIN = 150;

/**
 * Animates unless motion is unwanted. A painter that is too busy to begin
 * must show the figure, not the empty first frame of its arrival.
 */
export function roll(element: Element, from: Keyframe, duration: number): void {
  if (document.hidden) return;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const moving = element.animate([from, { transform: "none", opacity: 1 }], {
    duration,
    easing: "cubic-bezier(0.16, 0.84, 0.44, 1)",
  });
  setTimeout(() => {
    if (moving.pending) moving.cancel();
  }, STARTS_WITHIN);
}
