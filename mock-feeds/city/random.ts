/** Seeded randomness: the same seed and name give the same numbers on every machine. */
export interface Random {
  /** [0, 1) */
  next: () => number;
  /** [from, to) */
  between: (from: number, to: number) => number;
  /** Whole number, both ends included. */
  integer: (from: number, to: number) => number;
  /** Bell curve around 0 with a deviation of 1, cut at ±3. */
  bell: () => number;
  chance: (probability: number) => boolean;
  pick: <T>(items: readonly T[]) => T;
  shuffle: <T>(items: readonly T[]) => T[];
}

/** 32-bit hash of a text, FNV-1a with a final mix. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * Every part of the city draws from a stream of its own, so that a change in
 * one part leaves the others as they were.
 */
export function createRandom(seed: number, stream: string): Random {
  let state = hashOf(`${seed}/${stream}`);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (from: number, to: number) =>
    from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    between: (from, to) => from + next() * (to - from),
    bell: () => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += next();
      return Math.max(-3, Math.min(3, (sum - 3) * Math.SQRT2));
    },
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    shuffle: (items) => {
      const mixed = [...items];
      for (let i = mixed.length - 1; i > 0; i--) {
        const j = integer(0, i);
        [mixed[i], mixed[j]] = [mixed[j] as never, mixed[i] as never];
      }
      return mixed;
    },
  };
}

/** 64 directions of a slope, as x and y in turn. */
const WAYS = Float64Array.from({ length: 128 }, (_, i) =>
  i % 2 === 0
    ? Math.cos(((i >> 1) * Math.PI) / 32)
    : Math.sin(((i >> 1) * Math.PI) / 32),
);

/** Smooth noise over the plane, about −1 … 1, features of about `scale` metres. */
export type Noise = (x: number, y: number) => number;

export function createNoise(
  seed: number,
  stream: string,
  scale: number,
  octaves = 4,
): Noise {
  const salt = hashOf(`${seed}/${stream}`);
  const corner = (ix: number, iy: number, fx: number, fy: number) => {
    let h = Math.imul(ix, 0x27d4eb2d) ^ Math.imul(iy, 0x165667b1) ^ salt;
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    const way = ((h ^ (h >>> 13)) & 63) * 2;
    return (WAYS[way] as number) * fx + (WAYS[way + 1] as number) * fy;
  };
  const fade = (t: number) => t * t * t * (t * (t * 6 - 15) + 10);
  const single = (x: number, y: number) => {
    const ix = Math.floor(x);
    const iy = Math.floor(y);
    const fx = x - ix;
    const fy = y - iy;
    const u = fade(fx);
    const v = fade(fy);
    const a = corner(ix, iy, fx, fy);
    const b = corner(ix + 1, iy, fx - 1, fy);
    const c = corner(ix, iy + 1, fx, fy - 1);
    const d = corner(ix + 1, iy + 1, fx - 1, fy - 1);
    const top = a + (b - a) * u;
    return 1.5 * (top + (c + (d - c) * u - top) * v);
  };
  return (x, y) => {
    let sum = 0;
    let weight = 1;
    let total = 0;
    let frequency = 1 / scale;
    for (let i = 0; i < octaves; i++) {
      sum += weight * single(x * frequency + 17 * i, y * frequency - 31 * i);
      total += weight;
      weight *= 0.5;
      frequency *= 2;
    }
    return sum / total;
  };
}
