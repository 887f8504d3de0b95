/** Fits a theme's name beside the radar. Pure. */

/**
 * At most two lines: broken at a slash or space nearest the middle, else in
 * the middle; what is still too long ends in an ellipsis. Latin letters are
 * half as wide as Chinese ones.
 */
export function linesOf(name: string): string[] {
  const most = /[\u2e80-\uffff]/.test(name) ? 5 : 11;
  if (name.length <= most) return [name];
  const middle = Math.ceil(name.length / 2);
  const breaks = [...name.matchAll(/[/ 、]/g)].map((match) => match.index + 1);
  const at = breaks.sort(
    (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
  )[0];
  const cut = (part: string) =>
    part.length > most ? `${part.slice(0, most - 1)}…` : part;
  return [name.slice(0, at ?? middle), name.slice(at ?? middle)].map((part) =>
    cut(part.trim()),
  );
}
