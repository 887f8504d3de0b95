/**
 * Chinese letters: Noto Sans SC, cut by unicode range. A style sheet of a
 * hundred faces costs a browser as much as all code before the first number,
 * so it comes after that; until then the system's own letters stand.
 */
let faces: Promise<unknown> | null = null;

/** Resolves when the faces are known; each loads when a text first needs it. */
export function loadFaces(): Promise<unknown> {
  return (faces ??= import("./chinese.css"));
}
