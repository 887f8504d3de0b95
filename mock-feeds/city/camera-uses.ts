import type { Camera, PlaceKind } from "./types.ts";

/** What cameras of one use have in common (domain.md §10). */
export interface Use {
  scene: string;
  /** GB/T 28181 industry digits, and what they mean. */
  industryCode: string;
  industry: string;
  /** First digit of the serial: 0 police video net, 2 industry net, 6 e-gov extranet. */
  network: 0 | 2 | 6;
  department: string;
  positionType: number;
  useType: number;
  share: Camera["shareScope"];
}

export const JUNCTION: Use = {
  scene: "道路路口",
  industryCode: "04",
  industry: "道路交通",
  network: 0,
  department: "POLICE",
  positionType: 10,
  useType: 2,
  share: "全市共享",
};
export const CHECKPOINT: Use = {
  ...JUNCTION,
  scene: "交通卡口",
  industryCode: "05",
  share: "部门共享",
};
export const STREET: Use = {
  ...JUNCTION,
  scene: "街面秩序",
  industryCode: "08",
  industry: "城市管理",
  network: 6,
  department: "URBAN",
  positionType: 9,
  useType: 1,
};
export const COMMUNITY: Use = {
  ...JUNCTION,
  scene: "社区出入口",
  industryCode: "01",
  industry: "社会治安",
  positionType: 9,
  useType: 1,
};

/** Cameras at the city's places: kind, how many at each, their use. */
export const AT_PLACES: readonly (readonly [PlaceKind, number, Use])[] = [
  [
    "school",
    2,
    {
      ...STREET,
      scene: "校园周边",
      industryCode: "11",
      industry: "教育",
      department: "EDU",
      positionType: 8,
    },
  ],
  [
    "plaza",
    3,
    { ...COMMUNITY, scene: "广场步行街", positionType: 4, useType: 3 },
  ],
  ["market", 2, { ...COMMUNITY, scene: "商业中心", positionType: 6 }],
  [
    "station",
    3,
    {
      ...STREET,
      scene: "车站码头",
      industryCode: "06",
      industry: "公共交通",
      department: "TRANS",
      positionType: 3,
    },
  ],
  [
    "port",
    3,
    {
      ...STREET,
      scene: "车站码头",
      industryCode: "14",
      industry: "航运",
      department: "MARIT",
      positionType: 3,
      network: 2,
    },
  ],
  [
    "scenic",
    4,
    {
      ...STREET,
      scene: "景区",
      industry: "文旅",
      department: "TOUR",
      positionType: 4,
    },
  ],
  [
    "hospital",
    2,
    {
      ...STREET,
      scene: "医院",
      industryCode: "09",
      industry: "卫生健康",
      department: "HEALTH",
      share: "部门共享",
    },
  ],
  [
    "construction",
    1,
    {
      ...STREET,
      scene: "建筑工地",
      industry: "住房城乡建设",
      department: "HOUS",
    },
  ],
  [
    "hazard",
    2,
    {
      ...STREET,
      scene: "重大危险源",
      industry: "应急管理",
      department: "EMER",
      network: 2,
      share: "部门共享",
    },
  ],
];

export const WATERSIDE: Use = {
  ...STREET,
  scene: "江河水位",
  industryCode: "09",
  industry: "水务",
  department: "WATER",
  useType: 3,
};
export const PONDING: Use = {
  ...STREET,
  scene: "下穿积水点",
  useType: 3,
};
