/**
 * The invented demo city 江澜市 Jianglan as plain data. Every position is
 * [longitude, latitude] in degrees, CGCS2000, rounded to six decimals; lengths
 * are metres and durations milliseconds unless a name says otherwise.
 */

export type Position = [lng: number, lat: number];

/** A closed ring: the first position stands again at the end. */
export type Ring = Position[];

export interface Named {
  nameZh: string;
  nameEn: string;
}

export interface City extends Named {
  seed: number;
  /** GB/T 2260 style, from a prefix that no province has (decisions C4). */
  regionCode: string;
  /** Letters that plates of this city begin with; no province uses them. */
  platePrefix: string;
  timeZone: "Asia/Shanghai";
  crs: "CGCS2000";
  centre: Position;
  /** West, south, east, north. */
  bounds: [number, number, number, number];
  districts: District[];
  towns: Town[];
  communities: Community[];
  rivers: River[];
  departments: Department[];
  roads: RoadNetwork;
  water: WaterBody[];
  green: GreenArea[];
  buildings: Building[];
  metro: MetroLine[];
  /** Courses that vessels follow, from the upper river out to sea. */
  fairways: Fairway[];
  labels: Label[];
  cameras: Camera[];
  /** Of every system. `sensor.system` + `sensor.id` is the identity (decisions B2). */
  sensors: Sensor[];
  /** Hospitals, schools, markets, …: where incidents happen and objects go. */
  places: Place[];
  categories: Category[];
  limits: Limit[];
  calendar: CalendarDay[];
  indicators: IndicatorRow[];
  feeds: Feed[];
}

export interface District extends Named {
  code: string;
  kind: "district" | "county" | "countyCity";
  /** Where the seat of its government stands: the label's place. */
  centre: Position;
  ring: Ring;
  areaKm2: number;
  population: number;
}

export interface Town extends Named {
  code: string;
  kind: "街道" | "镇" | "乡";
  district: string;
  centre: Position;
  ring: Ring;
  areaKm2: number;
  population: number;
  /** 0 open country … 1 city centre. */
  density: number;
}

/** 社区 or 村; the point is its service station. */
export interface Community extends Named {
  /** 12 digits: 6 district + 3 town + 3 community. */
  code: string;
  town: string;
  district: string;
  at: Position;
  population: number;
}

/** 单元网格, the smallest area that somebody walks. */
export interface Grid extends Named {
  /** 15 digits: 6 region + 3 street + 3 community + 3 serial (domain §11). */
  code: string;
  town: string;
  /** 网格员 */
  worker: string;
  /** Each the first ring outside, the others holes. */
  polygons: Ring[][];
}

/** A river in all its parts, with its 河长. */
export interface River extends Named {
  code: string;
  chief: string;
  polygons: Ring[][];
}

export interface Department extends Named {
  code: string;
  aliases: string[];
  /** 统一社会信用代码, 18 characters with a valid check character, of no real body. */
  creditCode: string;
  /** Department above it, where it has one. */
  parent: string | null;
  /** The district it works for; null works for the whole city. */
  district: string | null;
  phone: string;
  /** party, government, company, centre, district … */
  role: string;
}

/** 快速路 expressway, 主干路 arterial, 次干路 secondary, 支路 branch. */
export type RoadClass = "快速路" | "主干路" | "次干路" | "支路";

export interface RoadNetwork {
  nodes: RoadNode[];
  edges: RoadEdge[];
  bridges: Bridge[];
  /** Where a road dips below another: the first places to pond. */
  underpasses: Underpass[];
}

export interface RoadNode {
  /** Index in `nodes`. */
  id: number;
  at: Position;
  /** Indices of the edges that meet here. */
  edges: number[];
  /** 「甲路与乙路路口」 where two named roads meet, else the one road's name. */
  name: string;
  district: string;
}

export interface RoadEdge extends Named {
  /** Index in `edges`. */
  id: number;
  from: number;
  to: number;
  /** Edges of one road carry one number and stand one after the other. */
  road: number;
  roadClass: RoadClass;
  /** From `from` to `to`, both ends included. Both directions may be driven. */
  line: Position[];
  length: number;
  /** km/h */
  freeSpeed: number;
  /** Lanes of one direction. */
  lanes: number;
}

export interface Bridge extends Named {
  id: string;
  at: Position;
  length: number;
  edge: number;
  over: string;
  district: string;
}

export interface Underpass {
  id: string;
  name: string;
  at: Position;
  edge: number;
  district: string;
  /** 0 dry in any storm … 1 the first to fill. */
  risk: number;
}

export interface WaterBody extends Named {
  kind: "river" | "stream" | "canal" | "lake" | "reservoir" | "sea";
  /** First ring outside, the others holes. */
  rings: Ring[];
}

export interface GreenArea extends Named {
  kind: "forest" | "park" | "wetland";
  rings: Ring[];
}

export interface Building {
  ring: Ring;
  /** metres */
  height: number;
}

export interface MetroLine extends Named {
  id: string;
  colour: string;
  line: Position[];
  stations: (Named & { at: Position })[];
}

export interface Fairway extends Named {
  line: Position[];
}

export interface Label extends Named {
  kind:
    "city" | "district" | "town" | "river" | "lake" | "sea" | "hill" | "park";
  at: Position;
  /** 1 shows first. */
  rank: number;
  /** Degrees clockwise, for names along a river. */
  angle: number;
}

export type PlaceKind =
  | "hospital"
  | "school"
  | "market"
  | "station"
  | "scenic"
  | "plaza"
  | "estate"
  | "construction"
  | "factory"
  | "hazard"
  | "parking"
  | "port"
  | "shelter"
  | "fireStation";

export interface Place extends Named {
  id: string;
  kind: PlaceKind;
  at: Position;
  district: string;
  town: string;
  community: string;
  address: string;
}

/** 一机一档 (domain.md §10). */
export interface Camera {
  /** GB/T 28181 rule A, 20 digits: centre 8 + industry 2 + type 3 + serial 7. */
  gbCode: string;
  name: string;
  at: Position;
  district: string;
  town: string;
  address: string;
  /** Department that owns it. */
  department: string;
  /** Degrees clockwise from north in which it looks. */
  heading: number;
  /** 1 E 2 W 3 S 4 N 5 SE 6 NE 7 SW 8 NW */
  directionType: number;
  /** 1 dome, 2 half-dome, 3 fixed, 4 remote-controlled */
  ptzType: number;
  /** 1 … 10 of domain.md §10. */
  positionType: number;
  roomType: number;
  useType: number;
  supplyLight: number;
  resolution: string;
  scene: string;
  industry: string;
  shareScope: "全市共享" | "部门共享" | "不共享";
  manufacturer: string;
  model: string;
  /** 1 ⇒ never on a wall outside its owner. */
  secrecy: 0 | 1;
  poleId: string;
  buildDate: string;
}

export interface Metric {
  metric: string;
  unit: string;
  min: number;
  max: number;
  /** Between two readings. */
  period: number;
}

export interface Sensor {
  /** Unique within its system. */
  id: string;
  system: string;
  /** Id of the feed that its readings come by. */
  feed: string;
  name: string;
  kind: string;
  at: Position;
  district: string;
  town: string;
  metrics: Metric[];
  /** Limits, capacities, the road it stands on, …; numbers are what a simulation needs. */
  attributes: Record<string, string | number>;
}

export interface Category extends Named {
  code: string;
  parent: string | null;
  level: "major" | "minor";
  domain: string;
  /** Lead department, and the priority an ordinary one gets. */
  department: string;
  priority: 1 | 2 | 3 | 4;
  /** Video-AI labels of the trade that mean this category. */
  aiLabels: string[];
}

/** One line of the pack's `limits.csv` (domain.md §5); null is every category or class. */
export interface Limit {
  category: string | null;
  /** A ordinary, B works, C special. */
  matterClass: "A" | "B" | "C" | null;
  stage: "accept" | "verify" | "dispatch" | "sign" | "handle" | "check";
  amount: number;
  type: "urgentHour" | "workHour" | "workDay" | "naturalDay";
  note: string;
}

export interface CalendarDay {
  /** YYYY-MM-DD, only days that differ from an ordinary Monday–Friday week. */
  date: string;
  kind: "holiday" | "workday";
  nameZh: string;
  nameEn: string;
}

/** One line of the pack's `indicators.csv`; blanks are empty strings. */
export interface IndicatorRow {
  id: string;
  theme: string;
  themeEn: string;
  nameZh: string;
  nameEn: string;
  unit: string;
  direction: "H" | "L" | "N";
  blue: string;
  yellow: string;
  orange: string;
  red: string;
  hysteresis: string;
  ownerDept: string;
  every: number;
  staleAfter: number;
  precision: number;
  source: "sensors" | "reported" | "formula" | "internal";
  metric: string;
  kind: string;
  system: string;
  aggregate: string;
  windowKind: "" | "tumbling" | "sliding" | "latest";
  window: string;
  step: string;
  weightBy: string;
  percentile: string;
  where: string;
  formula: string;
  least: string;
  baseline: "none" | "weekday4";
  scopes: string;
  target: string;
  priority: string;
  category: string;
  opensIncident: boolean;
  note: string;
}

/** Feed record of decisions B1, as it stands in the pack's `feeds.json`. */
export interface Feed extends Named {
  id: string;
  system: string;
  department: string;
  transport: "http" | "mqtt";
  format:
    | "readings/1"
    | "sensors/1"
    | "indicators/1"
    | "incidents/1"
    | "incidents/2"
    | "positions/1"
    | "cameras/1"
    | "cap/1.2"
    | "csv";
  /** JSONata from the bureau's own words to the format's; null needs none. */
  mapping: string | null;
  /** The own format that a mapping gives. */
  yields:
    | "readings/1"
    | "sensors/1"
    | "indicators/1"
    | "incidents/1"
    | "positions/1"
    | "cameras/1"
    | null;
  crs: "WGS84" | "CGCS2000" | "GCJ02" | "BD09";
  timeZone: string;
  clock: "wall";
  historic: false;
  expectEvery: number;
  /** Items a second. */
  quota: { perSecond: number; burst: number };
  enabled: boolean;
}
