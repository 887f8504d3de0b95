/** `120 m`, `1.4 km`: the key of a word and its number. Pure; `metres` as the crow flies. */
export const spokenDistance = (
  metres: number,
): {
  key: "metres" | "kilometres";
  n: string;
} =>
  metres < 950
    ? { key: "metres", n: String(Math.round(metres / 10) * 10) }
    : { key: "kilometres", n: (metres / 1_000).toFixed(1) };
