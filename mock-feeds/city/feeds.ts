import type { Feed, IndicatorRow } from "./types.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Parking's own words; a lot tells both its numbers in one line. */
const PARKING_MAPPING = `$.(
  $at := $instant(updTime, "YYYY-MM-DD HH:mm:ss");
  [
    {"sensor": parkCode, "metric": "free", "at": $at, "value": leftNum},
    {"sensor": parkCode, "metric": "capacity", "at": $at, "value": totalNum}
  ]
)`;

/** The grid company's table: 设备编号, 量测项, 时间, 数值. */
const POWER_MAPPING = `$.{
  "sensor": 设备编号,
  "metric": $lookup({"负荷": "load", "负载率": "load", "额定容量": "capacity", "停电户数": "outageUsers"}, 量测项),
  "at": $instant(时间, "YYYY-MM-DD HH:mm:ss"),
  "value": $number(数值)
}`;

type Plan = Pick<
  Feed,
  "id" | "system" | "nameZh" | "nameEn" | "department" | "format"
> &
  Partial<Feed> & { every: number; perSecond: number };

const PLANS: readonly Plan[] = [
  ...environment(),
  ...streets(),
  ...waters(),
  ...lifeline(),
  ...iot(),
  ...people(),
];

function catalogue(
  system: string,
  nameZh: string,
  nameEn: string,
  department: string,
  crs: Feed["crs"] = "CGCS2000",
): Plan {
  return {
    id: `${system}-catalogue`,
    system,
    nameZh,
    nameEn,
    department,
    format: "sensors/1",
    crs,
    every: DAY,
    perSecond: 5000,
  };
}

function environment(): Plan[] {
  return [
    catalogue("eco", "生态环境感知目录", "Environment sensor catalogue", "ECO"),
    {
      id: "air-stations",
      system: "eco",
      nameZh: "空气质量自动站",
      nameEn: "Air quality stations",
      department: "ECO",
      transport: "mqtt",
      format: "readings/1",
      every: MINUTE,
      perSecond: 200,
    },
    {
      id: "eco-readings",
      system: "eco",
      nameZh: "水质、噪声、污染源、固废与土壤监测",
      nameEn: "Water, noise, emissions, waste and soil",
      department: "ECO",
      format: "readings/1",
      every: MINUTE,
      perSecond: 200,
    },
    catalogue("weather", "气象站目录", "Weather station catalogue", "METEO"),
    {
      id: "weather-stations",
      system: "weather",
      nameZh: "气象自动站实况",
      nameEn: "Weather stations",
      department: "METEO",
      format: "readings/1",
      every: MINUTE,
      perSecond: 500,
    },
    {
      id: "weather-warnings",
      system: "warning-12379",
      nameZh: "气象灾害预警",
      nameEn: "Weather warnings",
      department: "METEO",
      format: "cap/1.2",
      crs: "WGS84",
      every: 12 * HOUR,
      perSecond: 20,
    },
  ];
}

function streets(): Plan[] {
  return [
    catalogue(
      "traffic",
      "交通流检测器目录",
      "Traffic loop catalogue",
      "POLICE",
    ),
    {
      id: "traffic-loops",
      system: "traffic",
      nameZh: "道路交通流",
      nameEn: "Traffic flow",
      department: "POLICE",
      transport: "mqtt",
      format: "readings/1",
      every: MINUTE,
      perSecond: 2000,
    },
    catalogue(
      "parking",
      "公共停车场目录",
      "Car park catalogue",
      "TRANS",
      "GCJ02",
    ),
    {
      id: "parking-readings",
      system: "parking",
      nameZh: "公共停车余位",
      nameEn: "Free parking",
      department: "TRANS",
      format: "readings/1",
      mapping: PARKING_MAPPING,
      yields: "readings/1",
      crs: "GCJ02",
      every: MINUTE,
      perSecond: 200,
    },
    {
      id: "bus-positions",
      system: "bus",
      nameZh: "公交车定位",
      nameEn: "Bus positions",
      department: "BUS",
      transport: "mqtt",
      format: "positions/1",
      crs: "WGS84",
      every: SECOND,
      perSecond: 3000,
    },
    {
      id: "taxi-positions",
      system: "taxi",
      nameZh: "出租车定位",
      nameEn: "Taxi positions",
      department: "TRANS",
      transport: "mqtt",
      format: "positions/1",
      crs: "WGS84",
      every: SECOND,
      perSecond: 3000,
    },
    {
      id: "key-vehicle-positions",
      system: "key-vehicles",
      nameZh: "两客一危一货定位",
      nameEn: "Key vehicle positions",
      department: "TRANS",
      transport: "mqtt",
      format: "positions/1",
      crs: "WGS84",
      every: SECOND,
      perSecond: 3000,
    },
    {
      id: "vessel-positions",
      system: "vessels",
      nameZh: "船舶动态",
      nameEn: "Vessel positions",
      department: "MARIT",
      format: "positions/1",
      crs: "WGS84",
      every: 10 * SECOND,
      perSecond: 500,
    },
  ];
}

function waters(): Plan[] {
  return [
    catalogue("hydrology", "水文站网目录", "Hydrology catalogue", "WATER"),
    {
      id: "hydrology-readings",
      system: "hydrology",
      nameZh: "河道、水库与水闸",
      nameEn: "Rivers, reservoirs and sluices",
      department: "WATER",
      format: "readings/1",
      every: MINUTE,
      perSecond: 300,
    },
    {
      id: "rain-gauges",
      system: "hydrology",
      nameZh: "雨量站",
      nameEn: "Rain gauges",
      department: "WATER",
      format: "readings/1",
      every: MINUTE,
      perSecond: 300,
    },
  ];
}

function lifeline(): Plan[] {
  const readings = (
    id: string,
    nameZh: string,
    nameEn: string,
    department: string,
    more: Partial<Plan> = {},
  ): Plan => ({
    id,
    system: "lifeline",
    nameZh,
    nameEn,
    department,
    transport: "mqtt",
    format: "readings/1",
    every: MINUTE,
    perSecond: 2000,
    ...more,
  });
  return [
    catalogue("lifeline", "城市生命线感知目录", "Lifeline catalogue", "HOUS"),
    readings("drainage", "排水管网与积水", "Drainage and ponding", "URBAN"),
    readings("gas", "燃气安全监测", "Gas safety", "GAS"),
    readings(
      "structures",
      "桥梁、道路与管廊",
      "Bridges, roads and tunnels",
      "HOUS",
    ),
    readings("water-supply", "供水管网", "Water supply network", "WSUP"),
    readings("heating", "供热管网", "Heating network", "HEAT", {
      transport: "http",
      perSecond: 500,
    }),
  ];
}

function iot(): Plan[] {
  return [
    catalogue("iot", "物联感知平台目录", "IoT platform catalogue", "DATA"),
    {
      id: "iot-readings",
      system: "iot",
      nameZh: "物联感知平台数据",
      nameEn: "IoT platform readings",
      department: "DATA",
      format: "readings/1",
      every: MINUTE,
      perSecond: 2000,
    },
    {
      id: "power-readings",
      system: "iot",
      nameZh: "电网运行",
      nameEn: "Power grid",
      department: "POWER",
      format: "csv",
      mapping: POWER_MAPPING,
      yields: "readings/1",
      every: MINUTE,
      perSecond: 500,
    },
    {
      id: "camera-catalogue",
      system: "video",
      nameZh: "公共视频点位",
      nameEn: "Public cameras",
      department: "DATA",
      format: "cameras/1",
      every: 5 * MINUTE,
      perSecond: 5000,
    },
  ];
}

function people(): Plan[] {
  return [
    {
      id: "hotline-12345",
      system: "hotline",
      nameZh: "12345热线工单",
      nameEn: "12345 hotline",
      department: "HOTLINE",
      format: "incidents/1",
      every: 5 * MINUTE,
      perSecond: 100,
    },
    {
      id: "urban-cases",
      system: "urban-cases",
      nameZh: "数字城管案卷",
      nameEn: "Urban management cases",
      department: "URBAN",
      format: "incidents/2",
      every: 10 * MINUTE,
      perSecond: 100,
    },
    {
      id: "video-ai",
      system: "video-ai",
      nameZh: "视频智能分析",
      nameEn: "Video AI",
      department: "CITYOPS",
      format: "incidents/2",
      every: 10 * MINUTE,
      perSecond: 100,
    },
  ];
}

const BUREAU_NAMES: Record<string, readonly [zh: string, en: string]> = {
  POLICE: ["公安指标", "Police indicators"],
  TRANS: ["交通运输指标", "Transport indicators"],
  FIRE: ["消防指标", "Fire indicators"],
  EMER: ["应急指标", "Emergency indicators"],
  NRES: ["自然资源指标", "Natural resources indicators"],
  DATA: ["数据治理指标", "Data indicators"],
  HOTLINE: ["热线运行指标", "Hotline indicators"],
  HEALTH: ["卫生健康指标", "Health indicators"],
  STAT: ["统计指标", "Statistics indicators"],
  POWER: ["用电指标", "Electricity indicators"],
  GOVSVC: ["政务服务指标", "Government service indicators"],
};

/**
 * The city's feeds. A bureau may only report indicators that it owns (一数一源),
 * so every bureau that reports any has a feed of its own.
 */
export function createFeeds(indicators: readonly IndicatorRow[]): Feed[] {
  const owners = new Map<string, number>();
  for (const { source, ownerDept, every } of indicators)
    if (source === "reported")
      owners.set(ownerDept, Math.min(every, owners.get(ownerDept) ?? HOUR));
  const bureaus = [...owners].map(([department, every]): Plan => {
    const [nameZh, nameEn] = BUREAU_NAMES[department] ?? [
      department,
      department,
    ];
    return {
      id: `indicators-${department.toLowerCase()}`,
      system: `indicators-${department.toLowerCase()}`,
      nameZh,
      nameEn,
      department,
      format: "indicators/1",
      every,
      perSecond: 2000,
    };
  });
  return [...PLANS, ...bureaus].map(({ every, perSecond, ...plan }) => ({
    transport: "http",
    mapping: null,
    yields: null,
    crs: "CGCS2000",
    timeZone: "Asia/Shanghai",
    clock: "wall",
    historic: false,
    expectEvery: every,
    // A restarted department tells all it knows at once.
    quota: { perSecond, burst: perSecond * 20 },
    enabled: true,
    ...plan,
  }));
}
