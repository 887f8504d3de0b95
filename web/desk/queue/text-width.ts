/** How wide texts are drawn, so that what is shown fits whole. */

/** Px of a text at a size in px. */
export type TextWidth = (text: string, size: number) => number;

/** Measures in an element's type, each text once until a typeface comes late. */
export function createTextWidth(family: () => string): TextWidth {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) throw new Error("this browser draws no text");
  const known = new Map<string, number>();
  document.fonts.addEventListener("loadingdone", () => known.clear());
  return (text, size) => {
    const key = `${size} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      pen.font = `${size}px ${family()}`;
      known.set(key, (width = pen.measureText(text).width));
    }
    return width;
  };
}
