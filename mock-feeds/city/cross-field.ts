import type { Land } from "./land.ts";
import { FRAME } from "./landscape.ts";
import type { Point } from "./plane.ts";
import { clamp, distance, ramp } from "./plane.ts";
import { createNoise } from "./random.ts";

/**
 * Streets follow a cross field: at every place four directions a quarter turn
 * apart, blended from the grids of the cores, the banks of the waters and the
 * rings around the centre. Lines are traced through it, each keeping its
 * distance from those that run the same way.
 */
export type CrossField = (p: Point) => number;

const CELL = 250;

export function createCrossField(seed: number, land: Land): CrossField {
  const bend = createNoise(seed, "street bend", 7000, 3);
  const cols = Math.ceil((FRAME[2] - FRAME[0]) / CELL) + 1;
  const rows = Math.ceil((FRAME[3] - FRAME[1]) / CELL) + 1;
  const cos = new Float32Array(cols * rows);
  const sin = new Float32Array(cols * rows);
  const centre = land.cores[0]?.at ?? [0, 0];
  for (let i = 0; i < cos.length; i++) {
    const x = FRAME[0] + (i % cols) * CELL;
    const y = FRAME[1] + Math.floor(i / cols) * CELL;
    let c = 0;
    let s = 0;
    const add = (angle: number, weight: number) => {
      c += weight * Math.cos(4 * angle);
      s += weight * Math.sin(4 * angle);
    };
    add(0.12 + 1.5 * bend(x, y), 0.12);
    for (const { at, reach, angle } of land.cores) {
      const t = distance([x, y], at) / (1.35 * reach);
      if (t < 2.6) add(angle, Math.exp(-t * t));
    }
    const out = distance([x, y], centre);
    add(
      Math.atan2(y - centre[1], x - centre[0]),
      0.42 * ramp(out, 3000, 7000) * ramp(out, 26_000, 14_000),
    );
    const bank = land.bank([x, y]);
    if (Math.abs(bank) < 4000) {
      const step = 150;
      const gx = land.bank([x + step, y]) - bank;
      const gy = land.bank([x, y + step]) - bank;
      add(Math.atan2(gy, gx), 1.5 * Math.exp(-((bank / 1500) ** 2)));
    }
    cos[i] = c;
    sin[i] = s;
  }
  return ([x, y]) => {
    const u = clamp((x - FRAME[0]) / CELL, 0, cols - 1.001);
    const v = clamp((y - FRAME[1]) / CELL, 0, rows - 1.001);
    const i = Math.floor(v) * cols + Math.floor(u);
    const fu = u % 1;
    const fv = v % 1;
    const a = (1 - fu) * (1 - fv);
    const b = fu * (1 - fv);
    const d = (1 - fu) * fv;
    const e = fu * fv;
    const j = i + cols;
    const c4 =
      a * (cos[i] ?? 0) +
      b * (cos[i + 1] ?? 0) +
      d * (cos[j] ?? 0) +
      e * (cos[j + 1] ?? 0);
    const s4 =
      a * (sin[i] ?? 0) +
      b * (sin[i + 1] ?? 0) +
      d * (sin[j] ?? 0) +
      e * (sin[j + 1] ?? 0);
    return Math.atan2(s4, c4) / 4;
  };
}
