import type { Random } from "./random.ts";
import { createRandom } from "./random.ts";
import type { Spot, SpotFinder } from "./spots.ts";
import type { Place, PlaceKind, RoadClass } from "./types.ts";
import { english, estateName, spell } from "./words.ts";

interface PlaceRow {
  kind: PlaceKind;
  prefix: string;
  count: number;
  roads: readonly RoadClass[];
  /** Metres from the road. */
  aside: number;
  /** Spread over the country too, not only where people live. */
  even?: boolean;
  endings: readonly (readonly [zh: string, en: string])[];
  /** Named after its town instead of an own name. */
  byTown?: boolean;
}

const CITY_ROADS = ["主干路", "次干路", "支路"] as const;

const ROWS: readonly PlaceRow[] = [
  {
    kind: "hospital",
    prefix: "HS",
    count: 46,
    roads: ["主干路", "次干路"],
    aside: 70,
    byTown: true,
    endings: [
      ["人民医院", "People's Hospital"],
      ["中医院", "Hospital of Chinese Medicine"],
      ["妇幼保健院", "Women and Children's Hospital"],
      ["中心医院", "Central Hospital"],
    ],
  },
  {
    kind: "school",
    prefix: "SC",
    count: 480,
    roads: ["次干路", "支路"],
    aside: 60,
    endings: [
      ["小学", "Primary School"],
      ["实验小学", "Experimental Primary School"],
      ["中学", "Middle School"],
      ["幼儿园", "Kindergarten"],
    ],
  },
  {
    kind: "market",
    prefix: "MK",
    count: 160,
    roads: CITY_ROADS,
    aside: 40,
    endings: [
      ["农贸市场", "Market"],
      ["商业广场", "Shopping Plaza"],
      ["购物中心", "Shopping Centre"],
    ],
  },
  {
    kind: "station",
    prefix: "ST",
    count: 58,
    roads: ["主干路", "次干路"],
    aside: 40,
    endings: [
      ["客运站", "Coach Station"],
      ["公交枢纽", "Bus Interchange"],
    ],
  },
  {
    kind: "scenic",
    prefix: "SN",
    count: 32,
    roads: ["次干路", "支路"],
    aside: 150,
    even: true,
    endings: [
      ["风景区", "Scenic Area"],
      ["古镇", "Old Town"],
      ["博览园", "Expo Garden"],
    ],
  },
  {
    kind: "plaza",
    prefix: "PZ",
    count: 86,
    roads: ["主干路", "次干路"],
    aside: 50,
    endings: [
      ["广场", "Square"],
      ["步行街", "Pedestrian Street"],
      ["体育场", "Stadium"],
    ],
  },
  {
    kind: "estate",
    prefix: "ES",
    count: 900,
    roads: ["次干路", "支路"],
    aside: 65,
    endings: [["", ""]],
  },
  {
    kind: "construction",
    prefix: "CS",
    count: 260,
    roads: CITY_ROADS,
    aside: 80,
    endings: [
      ["项目工地", "Construction Site"],
      ["安置房工地", "Housing Site"],
    ],
  },
  {
    kind: "factory",
    prefix: "FC",
    count: 420,
    roads: ["主干路", "次干路"],
    aside: 120,
    even: true,
    endings: [
      ["机械厂", "Machine Works"],
      ["纺织厂", "Textile Mill"],
      ["电子厂", "Electronics Plant"],
      ["食品厂", "Food Plant"],
      ["化工厂", "Chemical Plant"],
    ],
  },
  {
    kind: "hazard",
    prefix: "HZ",
    count: 160,
    roads: ["主干路", "次干路"],
    aside: 160,
    even: true,
    endings: [
      ["储罐区", "Tank Farm"],
      ["液氨站", "Ammonia Station"],
      ["油库", "Oil Depot"],
      ["加气站", "Gas Filling Station"],
    ],
  },
  {
    kind: "parking",
    prefix: "PK",
    count: 420,
    roads: CITY_ROADS,
    aside: 30,
    endings: [
      ["停车场", "Car Park"],
      ["地下车库", "Underground Car Park"],
    ],
  },
  {
    kind: "shelter",
    prefix: "SH",
    count: 180,
    roads: CITY_ROADS,
    aside: 60,
    endings: [["应急避难场所", "Emergency Shelter"]],
  },
  {
    kind: "fireStation",
    prefix: "FS",
    count: 62,
    roads: ["主干路", "次干路"],
    aside: 40,
    byTown: true,
    endings: [["消防救援站", "Fire Station"]],
  },
];

/** Ports lie on 澜江 from the west to the mouth. */
const PORT_SHARES = [0.16, 0.3, 0.42, 0.55, 0.66, 0.76, 0.84, 0.9];

export function createPlaces(seed: number, spots: SpotFinder): Place[] {
  const random = createRandom(seed, "places");
  const rows = ROWS.flatMap((row) => {
    const names = new Map<string, number>();
    return Array.from({ length: row.count }, (_, i): Place => {
      const spot = spots.roadside(random, row.roads, row.aside, row.even);
      const [nameZh, nameEn] = nameOf(random, row, spot, i, names);
      return place(spots, random, row, i, spot, nameZh, nameEn);
    });
  });
  const ports = PORT_SHARES.flatMap((share, i) => {
    const spot = spots.waterside(0, share);
    if (!spot) return [];
    const name = estateName(random).slice(0, 2);
    return [
      place(
        spots,
        random,
        { kind: "port", prefix: "PT" },
        i,
        spot,
        `${name}港区码头`,
        `${spell(name)} Wharf`,
      ),
    ];
  });
  return [...rows, ...ports];
}

function nameOf(
  random: Random,
  row: PlaceRow,
  spot: Spot,
  i: number,
  used: Map<string, number>,
): [string, string] {
  const [zh, en] = row.endings[i % row.endings.length] as readonly [
    string,
    string,
  ];
  if (row.kind === "estate") {
    const name = unique(estateName(random), used);
    return [name, `${spell(name.replace(/\d+期$/, ""))} Estate`];
  }
  const stem = row.byTown
    ? spot.townName.replace(/(街道|镇|乡)$/, "")
    : estateName(random).slice(0, 2);
  const nth = (used.get(stem + zh) ?? 0) + 1;
  used.set(stem + zh, nth);
  if (nth === 1) return [stem + zh, `${english(stem)} ${en}`];
  const number = [..."一二三四五六七八九十"][nth - 1] ?? String(nth);
  return [`${stem}第${number}${zh}`, `${english(stem)} ${en} No. ${nth}`];
}

/** 甲苑, 甲苑2期, 甲苑3期 … */
function unique(name: string, used: Map<string, number>): string {
  const nth = (used.get(name) ?? 0) + 1;
  used.set(name, nth);
  return nth === 1 ? name : `${name}${nth}期`;
}

function place(
  spots: SpotFinder,
  random: Random,
  row: { kind: PlaceKind; prefix: string },
  i: number,
  spot: Spot,
  nameZh: string,
  nameEn: string,
): Place {
  return {
    id: `${row.prefix}-${String(i + 1).padStart(4, "0")}`,
    kind: row.kind,
    nameZh,
    nameEn,
    at: spot.at,
    district: spot.district,
    town: spot.town,
    community: spots.community(spot.town, spot.at).code,
    address: `${spot.townName}${spot.by}${random.integer(1, 398)}号`,
  };
}
