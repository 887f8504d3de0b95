/** Limits of the concentrations at which the sub-index takes the values of `INDEX`. */
const INDEX = [0, 50, 100, 150, 200, 300, 400, 500];

/**
 * HJ 633-2012, table 1. µg/m³, CO in mg/m³; averages over 24 hours unless the
 * name says 1 h (`o3` is the 8-hour mean). Where the table ends early the
 * standard takes the index from the longer average.
 */
const LIMITS: Record<string, readonly number[]> = {
  so2: [0, 50, 150, 475, 800, 1600, 2100, 2620],
  so2_1h: [0, 150, 500, 650, 800],
  no2: [0, 40, 80, 180, 280, 565, 750, 940],
  no2_1h: [0, 100, 200, 700, 1200, 2340, 3090, 3840],
  pm10: [0, 50, 150, 250, 350, 420, 500, 600],
  pm25: [0, 35, 75, 115, 150, 250, 350, 500],
  co: [0, 2, 4, 14, 24, 36, 48, 60],
  co_1h: [0, 5, 10, 35, 60, 90, 120, 150],
  o3: [0, 100, 160, 215, 265, 800],
  o3_1h: [0, 160, 200, 300, 400, 800, 1000, 1200],
};

export const POLLUTANTS = Object.keys(LIMITS);

/**
 * Individual air quality index of one pollutant (HJ 633-2012 §4.2): linear
 * between the limits, rounded up, at most the last index of its column.
 * @throws Error where the pollutant is none of the table's.
 */
export function iaqi(pollutant: string, concentration: number): number {
  const limits = LIMITS[pollutant];
  if (!limits) throw new Error(`no limits are known for "${pollutant}"`);
  if (concentration <= 0) return 0;
  for (let i = 1; i < limits.length; i++) {
    const [low, high] = [limits[i - 1]!, limits[i]!];
    if (concentration > high) continue;
    const [from, to] = [INDEX[i - 1]!, INDEX[i]!];
    const exact = from + ((to - from) * (concentration - low)) / (high - low);
    // 35 µg/m³ is 50 exactly; rounding errors must not make it 51.
    return Math.ceil(exact - 1e-9);
  }
  return INDEX[limits.length - 1]!;
}
