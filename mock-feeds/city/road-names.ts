import type { Land } from "./land.ts";
import type { Point } from "./plane.ts";
import { distance } from "./plane.ts";
import { createRandom } from "./random.ts";
import type { Street } from "./streets.ts";
import { createNaming } from "./words.ts";

/** Streets of old towns everywhere; the centre's arterials get them first. */
const CENTRAL = [
  "人民路",
  "解放路",
  "建设路",
  "中华路",
  "府前街",
  "鼓楼街",
  "文昌街",
  "学府街",
  "朝阳路",
  "青年路",
  "和平路",
  "体育路",
  "迎宾路",
  "新华路",
];

/**
 * The river's two embankments and the eastern arterial have names that the
 * city's people use every day; the rest draw theirs.
 */
export function nameStreets(seed: number, land: Land, streets: Street[]) {
  const random = createRandom(seed, "road names");
  const naming = createNaming(random, ["澜江", "滨江"]);
  const arterials = streets.filter(({ roadClass }) => roadClass === "主干路");
  const nearness = (street: Street, side: number) => {
    let metres = 0;
    for (let i = 0; i < street.line.length; i += 3) {
      const p = street.line[i] as Point;
      const bank = land.bank(p) * side;
      if (bank > 250 && bank < 1500 && Math.abs(p[0]) < 12_000) metres += 1;
    }
    return metres;
  };
  const best = (score: (street: Street) => number) => {
    const open = arterials.filter(({ name }) => name === "");
    return open.reduce<Street | undefined>(
      (a, b) => (a && score(a) >= score(b) ? a : b),
      undefined,
    );
  };
  const give = (name: string, score: (street: Street) => number) => {
    const street = best(score);
    if (street) street.name = name;
  };
  give("澜江大道", (street) => nearness(street, 1));
  give("滨江大道", (street) => nearness(street, -1));
  const centre = land.cores[0]?.at ?? [0, 0];
  const passes = (street: Street, at: Point) =>
    -Math.min(...street.line.map((p) => distance(p, at)));
  for (const [name, dx, dy] of [
    ["东环路", 3300, -300],
    ["西环路", -3200, 600],
    ["北环路", 300, 3400],
  ] as const)
    give(name, (street) => passes(street, [centre[0] + dx, centre[1] + dy]));
  for (const name of CENTRAL.slice(0, 6))
    give(name, (street) => passes(street, centre));
  const rest = CENTRAL.slice(6);
  const byDistance = streets
    .filter(({ name }) => name === "")
    .map((street) => ({ street, far: -passes(street, centre) }))
    .sort((a, b) => a.far - b.far);
  for (const { street } of byDistance)
    street.name =
      street.roadClass === "次干路" && rest.length > 0
        ? (rest.shift() ?? "")
        : naming.road() + ending(random.next(), street);
}

function ending(draw: number, { roadClass, line }: Street): string {
  const [a, b] = [line[0] as Point, line.at(-1) as Point];
  const eastWest = Math.abs(b[0] - a[0]) > Math.abs(b[1] - a[1]);
  if (roadClass === "主干路") return draw < 0.4 ? "大道" : "路";
  if (roadClass === "次干路") return eastWest || draw < 0.3 ? "路" : "街";
  return draw < 0.2 ? "巷" : eastWest ? "路" : "街";
}
