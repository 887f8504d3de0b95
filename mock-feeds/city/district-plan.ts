import type { Point } from "./plane.ts";

export interface DistrictPlan {
  nameZh: string;
  nameEn: string;
  kind: "district" | "county" | "countyCity";
  /** Last four digits of the region code. */
  code: string;
  seat: Point;
  /** Weighted middles: a larger weight reaches further. */
  anchors: readonly (readonly [x: number, y: number, weight: number])[];
  /** Bank of 澜江 it keeps to: 1 north, −1 south, 0 both. */
  bank: -1 | 0 | 1;
  towns: number;
}

/** 110 towns and streets in seven districts (architecture.md §1). */
export const DISTRICTS: readonly DistrictPlan[] = [
  {
    nameZh: "中心城区",
    nameEn: "Central District",
    kind: "district",
    code: "0102",
    seat: [1200, 700],
    anchors: [[700, 600, 1.06]],
    bank: 0,
    towns: 18,
  },
  {
    nameZh: "滨江区",
    nameEn: "Binjiang District",
    kind: "district",
    code: "0103",
    seat: [6700, -4500],
    anchors: [
      [9500, -6600, 0.95],
      [18_500, -8000, 1],
      [26_500, -10_500, 1.1],
    ],
    bank: -1,
    towns: 16,
  },
  {
    nameZh: "北湖区",
    nameEn: "Beihu District",
    kind: "district",
    code: "0104",
    seat: [-9300, 9300],
    anchors: [
      [-11_500, 11_500, 1.15],
      [-26_000, 14_500, 1.3],
      [-5000, 20_500, 1.05],
    ],
    bank: 1,
    towns: 16,
  },
  {
    nameZh: "东岭区",
    nameEn: "Dongling District",
    kind: "district",
    code: "0105",
    seat: [11_000, 8200],
    anchors: [
      [12_000, 9000, 1.12],
      [21_000, 3000, 1.1],
      [18_000, 18_000, 1.2],
    ],
    bank: 1,
    towns: 15,
  },
  {
    nameZh: "西畴区",
    nameEn: "Xichou District",
    kind: "district",
    code: "0106",
    seat: [-12_800, -1600],
    anchors: [
      [-13_500, -1500, 1.1],
      [-25_000, 1500, 1.25],
      [-27_500, -6500, 1.05],
    ],
    bank: -1,
    towns: 14,
  },
  {
    nameZh: "南塘县",
    nameEn: "Nantang County",
    kind: "county",
    code: "0121",
    seat: [-3000, -13_400],
    anchors: [
      [-4200, -15_500, 1.15],
      [-19_500, -17_500, 1.3],
    ],
    bank: -1,
    towns: 15,
  },
  {
    nameZh: "云台市",
    nameEn: "Yuntai City",
    kind: "countyCity",
    code: "0181",
    seat: [17_300, -14_200],
    anchors: [
      [14_800, -17_500, 1.15],
      [25_500, -19_000, 1.2],
    ],
    bank: -1,
    towns: 16,
  },
];
