/** Fits themes' names beside the radar. Pure. */

/** Letters of a line; Latin ones are half as wide as Chinese ones. */
const MOST = { chinese: 5, latin: 11 };
const LINES = 3;

/**
 * A name in lines: words where it has spaces, else two halves. What is still
 * too long ends in an ellipsis.
 */
export function linesOf(name: string): string[] {
  const chinese = /[\u2e80-\uffff]/.test(name);
  const most = chinese ? MOST.chinese : MOST.latin;
  if (name.length <= most) return [name];
  const lines = chinese ? halvesOf(name) : wordsOf(name, most);
  const rest = lines.slice(LINES - 1).join(" ");
  return [...lines.slice(0, LINES - 1), ...(rest ? [rest] : [])].map((line) =>
    line.length > most ? `${line.slice(0, most - 1)}…` : line,
  );
}

/** Widths of letters, in units of a 1080-high canvas; the others are Chinese or of middle width. */
const WIDTH = { chinese: 14, narrow: 5, middle: 8, wide: 12.5 };
/** How far a name may reach into the panel's padding. */
const PADDING = 8;

/** How far a name reaches from the radar: its longest line. */
export function reachOf(name: string): number {
  const widths = linesOf(name).map((line) =>
    [...line].reduce((sum, letter) => sum + widthOf(letter), 0),
  );
  return Math.max(...widths) - PADDING;
}

function widthOf(letter: string): number {
  if (/[\u2e80-\uffff]/.test(letter)) return WIDTH.chinese;
  if (/[ .,:'|fijlrtI]/.test(letter)) return WIDTH.narrow;
  return /[mwMW]/.test(letter) ? WIDTH.wide : WIDTH.middle;
}

/** Broken at the mark nearest the middle, else in the middle. */
function halvesOf(name: string): string[] {
  const middle = Math.ceil(name.length / 2);
  const marks = [...name.matchAll(/[/ 、]/g)].map((match) => match.index + 1);
  const at =
    marks.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ??
    middle;
  return [name.slice(0, at).trim(), name.slice(at).trim()];
}

/** As many words a line as it holds. */
function wordsOf(name: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * Middles of names that stand one under the other, moved as little as needed
 * so that none lies on its neighbour.
 * @param names in the order of their wanted middles; lengths of one kind
 */
export function apart(
  names: readonly { middle: number; height: number }[],
): number[] {
  const middles = names.map(({ middle }) => middle);
  const least = (i: number) => (names[i - 1]!.height + names[i]!.height) / 2;
  // Pushed down and pushed up, then halfway between: a crowd opens both ways.
  const down = [...middles];
  for (let i = 1; i < down.length; i++)
    down[i] = Math.max(down[i]!, down[i - 1]! + least(i));
  const up = [...middles];
  for (let i = up.length - 1; i > 0; i--)
    up[i - 1] = Math.min(up[i - 1]!, up[i]! - least(i));
  return down.map((y, i) => (y + up[i]!) / 2);
}
