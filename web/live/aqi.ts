/** Air-quality classes of HJ 633: 1 优 … 6 严重污染, upper limits 50/100/150/200/300. */
const UPPER = [50, 100, 150, 200, 300] as const;

export type AqiClass = 1 | 2 | 3 | 4 | 5 | 6;

export function aqiClass(aqi: number): AqiClass {
  const i = UPPER.findIndex((upper) => aqi <= upper);
  return ((i < 0 ? UPPER.length : i) + 1) as AqiClass;
}
