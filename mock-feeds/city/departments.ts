import { CITY_CODE, REGION_PREFIX } from "./areas.ts";
import { DISTRICTS } from "./district-plan.ts";
import type { Department } from "./types.ts";

/** Code, names, role, other names; the role also tells who stands above. */
const ROWS: readonly (readonly [
  string,
  string,
  string,
  string,
  ...string[],
])[] = [
  [
    "CITYOPS",
    "城市运行管理中心",
    "City Operations Centre",
    "centre",
    "城运中心",
  ],
  ["GOVOFF", "市政府办公室", "Government Office", "government", "总值班室"],
  ["DATA", "大数据管理局", "Data Bureau", "bureau", "政数局"],
  ["HOTLINE", "12345热线中心", "12345 Hotline Centre", "centre", "热线办"],
  [
    "URBAN",
    "城市管理局",
    "Urban Management Bureau",
    "bureau",
    "综合执法局",
    "城管局",
  ],
  [
    "HOUS",
    "住房和城乡建设局",
    "Housing and Construction Bureau",
    "bureau",
    "住建局",
  ],
  ["POLICE", "公安局", "Public Security Bureau", "bureau", "交警支队", "市局"],
  ["FIRE", "消防救援支队", "Fire and Rescue Brigade", "bureau", "消防支队"],
  ["EMER", "应急管理局", "Emergency Management Bureau", "bureau", "应急局"],
  ["METEO", "气象局", "Weather Bureau", "bureau", "气象台"],
  ["TRANS", "交通运输局", "Transport Bureau", "bureau", "交通局"],
  ["WATER", "水务局", "Water Bureau", "bureau", "水利局"],
  ["ECO", "生态环境局", "Ecology and Environment Bureau", "bureau", "环保局"],
  ["NRES", "自然资源和规划局", "Natural Resources Bureau", "bureau", "资规局"],
  ["HEALTH", "卫生健康委员会", "Health Commission", "bureau", "卫健委"],
  ["EDU", "教育局", "Education Bureau", "bureau"],
  ["TOUR", "文化广电旅游局", "Culture and Tourism Bureau", "bureau", "文旅局"],
  ["MARKET", "市场监督管理局", "Market Supervision Bureau", "bureau", "市监局"],
  [
    "GOVSVC",
    "政务服务局",
    "Government Services Bureau",
    "bureau",
    "行政审批局",
  ],
  ["POLLAW", "政法委员会", "Political and Legal Committee", "party", "综治办"],
  ["CIVIL", "民政局", "Civil Affairs Bureau", "bureau"],
  [
    "HRSS",
    "人力资源和社会保障局",
    "Human Resources Bureau",
    "bureau",
    "人社局",
  ],
  [
    "DRC",
    "发展和改革委员会",
    "Development and Reform Commission",
    "bureau",
    "发改委",
  ],
  ["INDUS", "工业和信息化局", "Industry and IT Bureau", "bureau", "工信局"],
  ["AGRI", "农业农村局", "Agriculture Bureau", "bureau"],
  ["FOREST", "林业局", "Forestry Bureau", "bureau"],
  ["STAT", "统计局", "Statistics Bureau", "bureau"],
  ["FIN", "财政局", "Finance Bureau", "bureau"],
  ["POWER", "供电公司", "Grid Company", "company", "电力公司"],
  ["GAS", "燃气公司", "Gas Company", "company"],
  ["WSUP", "供水集团", "Water Supply Group", "company", "自来水公司"],
  ["HEAT", "热力公司", "Heating Company", "company"],
  ["SUPV", "政府督查室", "Supervision Office", "government", "督查室"],
  ["CYBER", "网络安全和信息化办公室", "Cyberspace Office", "party", "网信办"],
  ["MARIT", "海事局", "Maritime Administration", "bureau"],
  ["METRO", "轨道交通集团", "Metro Group", "company", "地铁公司"],
  ["BUS", "公共交通集团", "Bus Group", "company", "公交公司"],
  ["PARKCO", "停车管理公司", "Parking Company", "company"],
  ["PORT", "港口集团", "Port Group", "company"],
  ["DRAIN", "排水集团", "Drainage Group", "company", "排水公司"],
  ["LIGHT", "路灯管理所", "Street Lighting Office", "centre"],
  ["SANI", "环境卫生集团", "Sanitation Group", "company", "环卫集团"],
  ["GREEN", "园林绿化中心", "Parks and Greenery Centre", "centre"],
  ["TOWER", "通信基础设施公司", "Telecom Towers Company", "company"],
  ["POST", "邮政管理局", "Postal Administration", "bureau"],
  ["JUST", "司法局", "Justice Bureau", "bureau"],
  ["COMM", "商务局", "Commerce Bureau", "bureau"],
  ["SCI", "科学技术局", "Science and Technology Bureau", "bureau", "科技局"],
  ["VET", "退役军人事务局", "Veterans Affairs Bureau", "bureau"],
  [
    "SASAC",
    "国有资产监督管理委员会",
    "State Assets Commission",
    "bureau",
    "国资委",
  ],
  ["MEDIA", "融媒体中心", "Media Centre", "centre"],
  ["EXPWAY", "高速公路管理公司", "Expressway Company", "company"],
  ["AMBUL", "急救中心", "Ambulance Centre", "centre", "120中心"],
];

/** Bodies that answer to another department of the city. */
const PARENTS: Record<string, string> = {
  CITYOPS: "GOVOFF",
  HOTLINE: "CITYOPS",
  SUPV: "GOVOFF",
  METRO: "TRANS",
  BUS: "TRANS",
  PARKCO: "TRANS",
  PORT: "TRANS",
  EXPWAY: "TRANS",
  DRAIN: "WATER",
  WSUP: "WATER",
  GAS: "HOUS",
  HEAT: "HOUS",
  LIGHT: "URBAN",
  SANI: "URBAN",
  GREEN: "URBAN",
  AMBUL: "HEALTH",
};

/** 53 bodies of the city and the command centres of its seven districts. */
export function createDepartments(): Department[] {
  const city = ROWS.map(
    ([code, nameZh, nameEn, role, ...aliases], i): Department => ({
      code,
      nameZh,
      nameEn,
      aliases,
      creditCode: creditCode(CITY_CODE, i + 1),
      parent: PARENTS[code] ?? null,
      district: null,
      phone: phone(i + 1),
      role,
    }),
  );
  const centres = DISTRICTS.map((plan, i): Department => {
    const district = REGION_PREFIX + plan.code;
    return {
      code: `DIST-${String(i + 1).padStart(2, "0")}`,
      nameZh: `${plan.nameZh}指挥中心`,
      nameEn: `${plan.nameEn} Command Centre`,
      aliases: [`${plan.nameZh}城运中心`],
      creditCode: creditCode(district, 900 + i),
      parent: "CITYOPS",
      district,
      phone: phone(900 + i),
      role: "district",
    };
  });
  return [...city, ...centres];
}

/** No city has the area code 0199. */
const phone = (n: number) => `0199-8${String(100_000 + n * 37)}`;

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/**
 * 统一社会信用代码 (GB 32100-2015): 1 authority, 1 kind, 6 region, 9
 * organisation (GB 11714, its last a check character), 1 check character.
 */
function creditCode(region: string, n: number): string {
  const body = String(n * 7919).padStart(8, "0");
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (total, weight, i) => total + weight * Number(body.charAt(i)),
    0,
  );
  const rest = 11 - (sum % 11);
  const check = rest === 11 ? "0" : rest === 10 ? "X" : String(rest);
  const code = `11${region}${body}${check}`;
  let weight = 1;
  let total = 0;
  for (const character of code) {
    total += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return code + ALPHABET.charAt((31 - (total % 31)) % 31);
}
