/** The targets of performance.md, as far as a single figure can be held against them. */
import type { Figure } from "./measure.ts";

export interface Target {
  bench: string;
  /** Found in the figure's name. */
  figure: RegExp;
  says: string;
  /** How good it is: 1 just meets the target, 0.5 is half of it. */
  score: (figure: Figure) => number;
}

const atLeast = (least: number) => (figure: Figure) => figure.value / least;
const atMost = (most: number) => (figure: Figure) =>
  figure.value <= 0 ? 1 : most / figure.value;
const none = (figure: Figure) => (figure.value === 0 ? 1 : 0);
const ratioAtLeast = (least: number) => (figure: Figure) =>
  (figure.ratio ?? 0) / least;
const ratioAtMost = (most: number) => (figure: Figure) =>
  most / (figure.ratio ?? Infinity);
const worst =
  (...scores: Target["score"][]) =>
  (figure: Figure) =>
    Math.min(...scores.map((score) => score(figure)));

export const targets: Target[] = [
  {
    bench: "p1",
    figure: /durable/,
    says: "≥ 60 % of the floor, ≥ 25,000 msg/s",
    score: worst(ratioAtLeast(0.6), atLeast(25_000)),
  },
  { bench: "p1", figure: /not accepted/, says: "0", score: none },
  {
    bench: "p2",
    figure: /durable/,
    says: "≥ 200,000 readings/s, ≥ 45 % of the floor",
    score: worst(atLeast(200_000), ratioAtLeast(0.45)),
  },
  { bench: "p2", figure: /^store/, says: "≤ 40", score: atMost(40) },
  ...[
    { figure: /frame at 100\/s, p50/, most: 5 },
    { figure: /frame at 100\/s, p99/, most: 20 },
    { figure: /frame at 10000\/s, p99/, most: 250 },
    { figure: /frame at 20000\/s, p99/, most: 300 },
    { figure: /^killed.*worst/, most: 2_500 },
  ].map(({ figure, most }) => ({
    ...{ bench: "p3", figure, says: `≤ ${most}`, score: atMost(most) },
  })),
  {
    bench: "desk",
    figure: /scrolling.*main thread a frame/,
    says: "≤ 8",
    score: atMost(8),
  },
  { bench: "desk", figure: /long tasks/, says: "0", score: none },
  {
    bench: "p4",
    figure: /rooms.*: CPU/,
    says: "≤ 1.3 × the floor",
    score: ratioAtMost(1.3),
  },
  {
    bench: "p4",
    figure: /screens.*p99 age/,
    says: "≤ 150",
    score: atMost(150),
  },
  { bench: "p4", figure: /screens.*CPU/, says: "≤ 15", score: atMost(15) },
  {
    bench: "p5",
    figure: /memory, highest/,
    says: "≤ 1,200",
    score: atMost(1_200),
  },
  { bench: "p5", figure: /start to ready/, says: "≤ 15", score: atMost(15) },
  { bench: "p5", figure: /not stored/, says: "0", score: none },
  { bench: "p5", figure: /client, p99/, says: "≤ 300", score: atMost(300) },
  {
    bench: "p7",
    figure: /first live number/,
    says: "≤ 1.5 × the floor + 300",
    score: ({ value, floor = 0 }) => (1.5 * floor + 300) / value,
  },
  {
    bench: "p7",
    figure: /before the first/,
    says: "≤ 300",
    score: atMost(300),
  },
  {
    bench: "p7",
    figure: /code of the overview/,
    says: "≤ 900",
    score: atMost(900),
  },
  { bench: "p7", figure: /uncompressed/, says: "0", score: none },
  { bench: "p7", figure: /cameras/, says: "≤ 2,000", score: atMost(2_000) },
  {
    bench: "p9",
    figure: /^(?:list|open).*p99/,
    says: "≤ 50",
    score: atMost(50),
  },
  { bench: "p9", figure: /^search.*p99/, says: "≤ 100", score: atMost(100) },
  {
    bench: "duplicates",
    figure: /of a question/,
    says: "≤ 1",
    score: atMost(1),
  },
  { bench: "p7", figure: /main thread/, says: "≤ 35", score: atMost(35) },
];
