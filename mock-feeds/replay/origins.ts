/**
 * Where recorded data come from, and by which feeds they arrive in a replay
 * (decisions B5).
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Box = [west: number, south: number, east: number, north: number];

export interface Area {
  code: string;
  nameZh: string;
  nameEn: string;
  boxes: Box[];
}

/** Boxes with a margin around what the files hold; they are no borders. */
export const AREAS: readonly Area[] = [
  {
    code: "BJ",
    nameZh: "北京",
    nameEn: "Beijing",
    boxes: [[115.95, 39.65, 116.95, 40.45]],
  },
  {
    code: "LA",
    nameZh: "洛杉矶",
    nameEn: "Los Angeles",
    boxes: [[-118.65, 33.95, -118.05, 34.35]],
  },
  {
    code: "BOS",
    nameZh: "波士顿",
    nameEn: "Boston",
    boxes: [[-71.21, 42.21, -70.97, 42.42]],
  },
  {
    code: "LDN",
    nameZh: "伦敦",
    nameEn: "London",
    boxes: [[-0.55, 51.28, 0.3, 51.72]],
  },
  {
    // What the alerts speak of: without it every one would be "not ours".
    code: "CAP",
    nameZh: "预警涉及区域",
    nameEn: "Areas of the alerts",
    boxes: [
      [-83.6, 41.3, -78.2, 43.8], // southern Ontario
      [-110.1, 53.4, -101.3, 57], // Saskatchewan
      [146.4, -36, 147.7, -34.8], // New South Wales
      [-121, 38, -119.3, 39.2], // Sierra Nevada
      [-118.6, 40.2, -116.9, 41.6], // northern Nevada
      [-116, 32.6, -115, 33.4], // Imperial Valley
      [-123.2, 38.4, -122.4, 39.2], // The Geysers
      [-89.4, 12.2, -88.2, 13.4], // off El Salvador
      [-174.3, -17, -172.7, -15.2], // Tonga
    ],
  },
];

export interface Origin {
  id: string;
  system: string;
  department: string;
  nameZh: string;
  nameEn: string;
  format: string;
  timeZone: string;
  clock: "wall" | "source";
  expectEvery: number;
  historic?: boolean;
}

export const FEEDS: readonly Origin[] = [
  {
    id: "bj-stations",
    system: "bj-air",
    department: "ECO",
    nameZh: "北京空气站目录",
    nameEn: "Beijing air stations",
    format: "sensors/1",
    timeZone: "Asia/Shanghai",
    clock: "wall",
    expectEvery: DAY,
  },
  {
    id: "bj-air",
    system: "bj-air",
    department: "ECO",
    nameZh: "北京空气质量 2013–2017",
    nameEn: "Beijing air quality 2013–2017",
    format: "readings/1",
    timeZone: "Asia/Shanghai",
    clock: "source",
    expectEvery: HOUR,
  },
  {
    id: "la-stations",
    system: "la-traffic",
    department: "TRANS",
    nameZh: "洛杉矶线圈目录",
    nameEn: "Los Angeles loops",
    format: "sensors/1",
    timeZone: "America/Los_Angeles",
    clock: "wall",
    expectEvery: DAY,
  },
  {
    id: "la-loops",
    system: "la-traffic",
    department: "TRANS",
    nameZh: "洛杉矶线圈车速 2012",
    nameEn: "Los Angeles loop speeds 2012",
    format: "readings/1",
    timeZone: "America/Los_Angeles",
    clock: "source",
    expectEvery: 5 * MINUTE,
  },
  {
    id: "boston-311",
    system: "boston-311",
    department: "HOTLINE",
    nameZh: "波士顿 311 诉求 2015",
    nameEn: "Boston 311 requests 2015",
    format: "incidents/1",
    timeZone: "America/New_York",
    clock: "source",
    expectEvery: HOUR,
    historic: true,
  },
  {
    id: "london-cameras",
    system: "london-cameras",
    department: "TRANS",
    nameZh: "伦敦道路摄像机",
    nameEn: "London road cameras",
    format: "cameras/1",
    timeZone: "Europe/London",
    clock: "wall",
    expectEvery: DAY,
  },
  {
    id: "cap-google",
    system: "cap-google",
    department: "METEO",
    nameZh: "预警报文(谷歌测试集)",
    nameEn: "CAP alerts (Google test set)",
    format: "cap/1.2",
    timeZone: "UTC",
    clock: "source",
    expectEvery: DAY,
  },
  {
    id: "cap-oasis",
    system: "cap-oasis",
    department: "METEO",
    nameZh: "预警报文(OASIS 附录)",
    nameEn: "CAP alerts (OASIS appendix)",
    format: "cap/1.2",
    timeZone: "UTC",
    clock: "source",
    expectEvery: DAY,
  },
];
