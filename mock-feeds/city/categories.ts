import { everyCategory, limitsOf, urgentSteps } from "./limits.ts";
import type { Category, Limit } from "./types.ts";

type LimitType = Limit["type"];

interface Minor {
  nameZh: string;
  nameEn: string;
  department: string;
  priority: Category["priority"];
  /** Of an ordinary one (A), as in `2 urgentHour`; works (B) and special ones (C) take longer. */
  limit: readonly [number, LimitType];
  ai?: readonly string[];
}

interface Major {
  code: string;
  domain: string;
  nameZh: string;
  nameEn: string;
  minors: readonly Minor[];
}

const minor = (
  nameZh: string,
  nameEn: string,
  department: string,
  priority: Category["priority"],
  value: number,
  type: LimitType,
  ...ai: string[]
): Minor => ({
  nameZh,
  nameEn,
  department,
  priority,
  limit: [value, type],
  ai,
});

/**
 * The demo city's own table after the classes of GB/T 30428.2 (domain.md §7):
 * C components, M matters; then what comes from outside urban management.
 * Codes and limits differ from city to city and are import data.
 */
const MAJORS: readonly Major[] = [
  {
    code: "C01",
    domain: "urban",
    nameZh: "公用设施",
    nameEn: "Public utilities",
    minors: [
      minor("上水井盖", "Water manhole cover", "WSUP", 3, 4, "workHour"),
      minor("污水井盖", "Sewage manhole cover", "DRAIN", 3, 4, "workHour"),
      minor(
        "雨水井盖",
        "Rain manhole cover",
        "DRAIN",
        2,
        2,
        "urgentHour",
        "井盖异常",
      ),
      minor("电力井盖", "Power manhole cover", "POWER", 2, 2, "urgentHour"),
      minor("通信井盖", "Telecom manhole cover", "TOWER", 3, 4, "workHour"),
      minor("燃气井盖", "Gas manhole cover", "GAS", 2, 2, "urgentHour"),
      minor("热力井盖", "Heating manhole cover", "HEAT", 3, 4, "workHour"),
      minor("雨水箅子", "Storm drain grate", "DRAIN", 3, 4, "workHour"),
      minor("消防设施", "Fire facility", "FIRE", 2, 4, "urgentHour"),
      minor("路灯", "Street light", "LIGHT", 4, 1, "workDay"),
      minor("通信交接箱", "Telecom cabinet", "TOWER", 4, 2, "workDay"),
    ],
  },
  {
    code: "C02",
    domain: "traffic",
    nameZh: "交通设施",
    nameEn: "Traffic facilities",
    minors: [
      minor("停车场", "Car park", "PARKCO", 4, 2, "workDay"),
      minor("公交站亭", "Bus shelter", "BUS", 4, 2, "workDay"),
      minor("交通护栏", "Road barrier", "URBAN", 3, 8, "workHour"),
      minor("交通信号灯", "Traffic light", "POLICE", 2, 2, "urgentHour"),
      minor("交通标志牌", "Traffic sign", "POLICE", 4, 2, "workDay"),
      minor("道路破损", "Damaged road", "HOUS", 3, 2, "workDay", "道路破损"),
    ],
  },
  {
    code: "C03",
    domain: "urban",
    nameZh: "市容环境设施",
    nameEn: "Sanitation facilities",
    minors: [
      minor("公共厕所", "Public toilet", "SANI", 4, 1, "workDay"),
      minor("垃圾箱", "Litter bin", "SANI", 4, 4, "workHour", "垃圾箱满溢"),
    ],
  },
  {
    code: "C04",
    domain: "urban",
    nameZh: "园林绿化",
    nameEn: "Parks and greenery",
    minors: [
      minor("绿地", "Green space", "GREEN", 4, 5, "workDay", "绿化损坏"),
      minor("行道树", "Street tree", "GREEN", 4, 3, "workDay"),
      minor("行道树倒伏", "Fallen tree", "GREEN", 2, 3, "urgentHour"),
    ],
  },
  {
    code: "M01",
    domain: "urban",
    nameZh: "市容环境",
    nameEn: "City appearance",
    minors: [
      minor("私搭乱建", "Illegal building", "URBAN", 4, 4, "workHour"),
      minor(
        "暴露垃圾",
        "Exposed rubbish",
        "SANI",
        4,
        4,
        "workHour",
        "暴露垃圾",
        "打包垃圾",
      ),
      minor("积存垃圾渣土", "Rubble heap", "SANI", 4, 4, "workHour"),
      minor("道路不洁", "Dirty road", "SANI", 4, 2, "workHour"),
      minor("水域不洁", "Dirty water", "WATER", 4, 1, "workDay"),
      minor("绿地脏乱", "Untidy green", "GREEN", 4, 1, "workDay"),
    ],
  },
  {
    code: "M02",
    domain: "urban",
    nameZh: "宣传广告",
    nameEn: "Advertising",
    minors: [
      minor("非法小广告", "Illegal flyers", "URBAN", 4, 4, "workHour"),
      minor(
        "违规牌匾",
        "Illegal sign",
        "URBAN",
        4,
        3,
        "workDay",
        "户外广告",
        "横幅",
      ),
      minor("街头散发广告", "Handing out flyers", "URBAN", 4, 2, "workHour"),
    ],
  },
  {
    code: "M03",
    domain: "urban",
    nameZh: "施工管理",
    nameEn: "Construction",
    minors: [
      minor("施工扰民", "Construction noise", "URBAN", 3, 2, "urgentHour"),
      minor("工地扬尘", "Construction dust", "HOUS", 3, 4, "workHour"),
      minor("施工占道", "Works on the road", "URBAN", 4, 1, "workDay"),
      minor("无证掘路", "Digging without permit", "URBAN", 3, 4, "workHour"),
    ],
  },
  {
    code: "M04",
    domain: "lifeline",
    nameZh: "突发事件",
    nameEn: "Sudden incidents",
    minors: [
      minor("路面塌陷", "Road collapse", "HOUS", 1, 2, "urgentHour"),
      minor("水管破裂", "Burst water pipe", "WSUP", 2, 4, "urgentHour"),
      minor("燃气管破裂", "Gas pipe leak", "GAS", 1, 1, "urgentHour"),
      minor("热力管破裂", "Burst heating pipe", "HEAT", 2, 4, "urgentHour"),
      minor(
        "道路积水",
        "Road ponding",
        "URBAN",
        2,
        2,
        "urgentHour",
        "道路积水",
      ),
      minor("积雪结冰", "Snow and ice", "URBAN", 2, 4, "urgentHour"),
      minor("架空线损坏", "Damaged overhead line", "POWER", 2, 2, "urgentHour"),
      minor("桥梁异常", "Bridge abnormal", "HOUS", 1, 2, "urgentHour"),
      minor("管廊异常", "Utility tunnel abnormal", "HOUS", 2, 2, "urgentHour"),
    ],
  },
  {
    code: "M05",
    domain: "urban",
    nameZh: "街面秩序",
    nameEn: "Street order",
    minors: [
      minor(
        "无照游商",
        "Unlicensed vendor",
        "URBAN",
        4,
        2,
        "workHour",
        "游摊小贩",
      ),
      minor(
        "店外经营",
        "Trading outside the shop",
        "URBAN",
        4,
        2,
        "workHour",
        "店外经营",
        "占道经营",
      ),
      minor(
        "机动车乱停放",
        "Illegal parking",
        "POLICE",
        4,
        2,
        "workHour",
        "机动车违停",
      ),
      minor(
        "非机动车乱停放",
        "Bicycles in the way",
        "URBAN",
        4,
        4,
        "workHour",
        "非机动车违停",
      ),
      minor(
        "乱堆物料",
        "Goods in the street",
        "URBAN",
        4,
        4,
        "workHour",
        "乱堆物料",
      ),
      minor("露天烧烤", "Open-air barbecue", "URBAN", 4, 2, "urgentHour"),
      minor(
        "沿街晾挂",
        "Laundry in the street",
        "URBAN",
        4,
        4,
        "workHour",
        "沿街晾晒",
      ),
      minor("地桩地锁", "Parking locks", "URBAN", 4, 2, "workDay", "地桩地锁"),
    ],
  },
  {
    code: "L01",
    domain: "water",
    nameZh: "水务安全",
    nameEn: "Water safety",
    minors: [
      minor("河道超警", "River above alert", "WATER", 1, 1, "urgentHour"),
      minor("水库超汛限", "Reservoir above limit", "WATER", 1, 1, "urgentHour"),
      minor("泵站停机", "Pump down", "DRAIN", 2, 1, "urgentHour"),
      minor("管网压力异常", "Network pressure", "WSUP", 2, 2, "urgentHour"),
      minor("供水水质异常", "Tap water quality", "WSUP", 1, 2, "urgentHour"),
    ],
  },
  {
    code: "L02",
    domain: "lifeline",
    nameZh: "能源保障",
    nameEn: "Energy supply",
    minors: [
      minor("停水停电", "No water or power", "POWER", 3, 4, "urgentHour"),
      minor("供热不足", "Not warm enough", "HEAT", 4, 1, "naturalDay"),
      minor("燃气泄漏报警", "Gas leak alarm", "GAS", 1, 1, "urgentHour"),
      minor(
        "相邻空间甲烷超限",
        "Methane in adjacent space",
        "GAS",
        1,
        1,
        "urgentHour",
      ),
      minor(
        "第三方施工破坏",
        "Damage by others' works",
        "GAS",
        1,
        1,
        "urgentHour",
      ),
    ],
  },
  {
    code: "S01",
    domain: "emergency",
    nameZh: "公共安全",
    nameEn: "Public safety",
    minors: [
      minor("火灾警情", "Fire", "FIRE", 1, 1, "urgentHour"),
      minor("重大危险源报警", "Major hazard alarm", "EMER", 1, 1, "urgentHour"),
      minor("人员聚集", "Crowd", "POLICE", 2, 1, "urgentHour"),
      minor("地质灾害险情", "Geological hazard", "NRES", 1, 2, "urgentHour"),
      minor("校园安全报警", "Campus alarm", "EDU", 1, 1, "urgentHour"),
      minor("景区超载", "Scenic area overload", "TOUR", 2, 1, "urgentHour"),
      minor("电梯困人", "Trapped in a lift", "MARKET", 1, 1, "urgentHour"),
      minor("重点车辆报警", "Key-vehicle alarm", "TRANS", 2, 1, "urgentHour"),
    ],
  },
  {
    code: "H01",
    domain: "hotline",
    nameZh: "民生诉求",
    nameEn: "Citizens' requests",
    minors: [
      minor("噪声扰民", "Noise", "POLICE", 4, 2, "workDay"),
      minor("公交服务", "Bus service", "BUS", 4, 5, "workDay"),
      minor("物业管理", "Property management", "HOUS", 4, 5, "workDay"),
      minor("食品安全", "Food safety", "MARKET", 3, 2, "workDay"),
      minor("消费维权", "Consumer rights", "MARKET", 4, 7, "naturalDay"),
      minor("劳动保障", "Labour rights", "HRSS", 4, 7, "naturalDay"),
      minor("医疗服务", "Health care", "HEALTH", 4, 5, "workDay"),
      minor(
        "政务咨询",
        "Question to the government",
        "GOVSVC",
        4,
        1,
        "workDay",
      ),
      // 随手赞: whom it praises gets it, thanks, and closes it.
      minor("随手赞", "Praise", "HOTLINE", 4, 2, "workDay"),
    ],
  },
  {
    code: "Z01",
    domain: "social",
    nameZh: "社会治理",
    nameEn: "Social governance",
    minors: [
      minor("矛盾纠纷", "Dispute", "POLLAW", 3, 3, "workDay"),
      minor("治安隐患", "Risk to public order", "POLICE", 2, 4, "urgentHour"),
      minor("群租隐患", "Crowded letting", "HOUS", 3, 5, "workDay"),
    ],
  },
  {
    code: "R01",
    domain: "rural",
    nameZh: "农村治理",
    nameEn: "Rural governance",
    minors: [
      minor("秸秆焚烧", "Straw burning", "AGRI", 2, 2, "urgentHour"),
      minor("村庄环境脏乱", "Unkempt village", "AGRI", 4, 2, "workDay"),
      minor("灌渠损坏", "Broken irrigation canal", "WATER", 3, 3, "workDay"),
    ],
  },
  {
    code: "E01",
    domain: "environment",
    nameZh: "生态环境",
    nameEn: "Environment",
    minors: [
      minor("水质异常", "Water quality", "ECO", 2, 2, "urgentHour"),
      minor("空气污染", "Air pollution", "ECO", 3, 4, "urgentHour"),
      minor("噪声超标", "Noise above its limit", "ECO", 4, 1, "workDay"),
      minor(
        "污染源超标排放",
        "Emission above its limit",
        "ECO",
        2,
        2,
        "urgentHour",
      ),
      minor("固废贮存异常", "Store of waste", "ECO", 3, 1, "workDay"),
      minor("土壤污染", "Soil pollution", "ECO", 3, 2, "workDay"),
    ],
  },
];

export function createCategories(): {
  categories: Category[];
  limits: Limit[];
} {
  const categories: Category[] = [];
  const limits: Limit[] = everyCategory();
  for (const { code, domain, nameZh, nameEn, minors } of MAJORS) {
    const first = minors[0];
    categories.push({
      code,
      parent: null,
      level: "major",
      domain,
      nameZh,
      nameEn,
      department: first?.department ?? "CITYOPS",
      priority: 4,
      aiLabels: [],
    });
    const urgent = minors.some(({ priority }) => priority === 1);
    if (urgent) limits.push(...urgentSteps(code));
    minors.forEach((row, i) => {
      const own = code + String(i + 1).padStart(2, "0");
      categories.push({
        code: own,
        parent: code,
        level: "minor",
        domain,
        nameZh: row.nameZh,
        nameEn: row.nameEn,
        department: row.department,
        priority: row.priority,
        aiLabels: [...(row.ai ?? [])],
      });
      limits.push(...limitsOf(own, row));
      if (!urgent && row.limit[1] === "urgentHour")
        limits.push(...urgentSteps(own));
    });
  }
  return { categories, limits };
}

/** Code of the minor category of that name. */
export function categoryCode(
  categories: readonly Category[],
  nameZh: string,
): string {
  const found = categories.find(
    (category) => category.level === "minor" && category.nameZh === nameZh,
  );
  if (!found) throw new Error(`no category ${nameZh}`);
  return found.code;
}
