import type { PlaceKind } from "../city/types.ts";

/**
 * What citizens call about and how they say it. `{road}`, `{place}`,
 * `{community}`, `{town}` are places of the city. All of it is invented.
 */
export interface Matter {
  /** Name of the minor category it belongs to (domain.md §7). */
  category: string;
  /** Share of calls, by the kind of hour in which it is heard of. */
  weight: number;
  hours: "any" | "day" | "evening" | "night" | "rush";
  /** Kinds of place it happens at. */
  at: readonly PlaceKind[];
  /** Priority as the hotline judged it, where it is not ordinary. */
  level?: 1 | 2 | 3;
  title: string;
  texts: readonly string[];
}

export const MATTERS: readonly Matter[] = [
  {
    category: "暴露垃圾",
    at: ["estate", "market"],
    weight: 7,
    hours: "day",
    title: "{road}垃圾未及时清运",
    texts: [
      "来电人反映{road}{place}门口的垃圾堆了两天没有人清,天热味道很大,希望尽快清运。",
      "市民称{community}垃圾投放点满溢,垃圾散落到人行道上,影响通行。",
    ],
  },
  {
    category: "道路不洁",
    at: ["construction", "factory"],
    weight: 4,
    hours: "day",
    title: "{road}渣土车撒漏",
    texts: [
      "来电人反映{road}有渣土车沿路撒漏泥土,路面一层灰,电动车经过容易打滑。",
    ],
  },
  {
    category: "施工扰民",
    at: ["construction"],
    weight: 9,
    hours: "night",
    title: "{place}夜间施工噪声扰民",
    texts: [
      "市民反映{place}晚上十点以后还在打桩,家里有老人和要考试的孩子,无法休息。",
      "来电人称{road}道路施工连续几晚切割路面,噪声大,询问是否有夜间施工许可。",
    ],
  },
  {
    category: "工地扬尘",
    at: ["construction"],
    weight: 3,
    hours: "day",
    title: "{place}扬尘",
    texts: [
      "来电人反映{road}旁{place}土方没有覆盖,风一吹满天灰,要求落实喷淋。",
    ],
  },
  {
    category: "机动车乱停放",
    at: ["school", "hospital", "market", "estate"],
    weight: 8,
    hours: "rush",
    title: "{road}机动车占道停放",
    texts: [
      "市民反映{road}{place}路段两侧停满车,公交车进不了站,高峰期堵得厉害。",
      "来电人称{community}消防通道被私家车堵住,联系不上车主。",
    ],
  },
  {
    category: "非机动车乱停放",
    at: ["station", "market", "plaza"],
    weight: 4,
    hours: "rush",
    title: "{place}共享单车乱停放",
    texts: [
      "来电人反映{place}出入口共享单车占满盲道和人行道,行人只能走到机动车道上。",
    ],
  },
  {
    category: "无照游商",
    at: ["school", "market", "station"],
    weight: 4,
    hours: "evening",
    title: "{road}流动摊贩占道",
    texts: [
      "市民反映每天傍晚{road}{place}门口有流动摊贩占道经营,油烟大,收摊后满地垃圾。",
    ],
  },
  {
    category: "店外经营",
    at: ["market", "plaza"],
    weight: 3,
    hours: "evening",
    title: "{road}商户店外经营",
    texts: ["来电人反映{road}多家饭店把桌椅摆到人行道上,推婴儿车过不去。"],
  },
  {
    category: "露天烧烤",
    at: ["market", "estate"],
    weight: 4,
    hours: "evening",
    title: "{community}周边露天烧烤",
    texts: [
      "市民称{community}楼下烧烤摊油烟直往家里飘,窗户都不敢开,多次劝说无效。",
    ],
  },
  {
    category: "路灯",
    at: ["estate", "school", "factory"],
    weight: 4,
    hours: "night",
    title: "{road}路灯不亮",
    texts: ["来电人反映{road}{place}一段路灯连着好几盏不亮,晚上下班走路害怕。"],
  },
  {
    category: "道路破损",
    at: ["estate", "factory", "market", "school"],
    weight: 4,
    hours: "any",
    title: "{road}路面坑洼",
    texts: [
      "市民反映{road}{place}附近路面有大坑,已经有电动车摔倒,希望尽快修补。",
    ],
  },
  {
    category: "雨水井盖",
    at: ["estate", "school", "market"],
    weight: 2,
    hours: "any",
    level: 2,
    title: "{road}井盖缺失",
    texts: [
      "来电人称{road}靠近{place}的一个井盖不见了,目前有人用树枝挡着,十分危险。",
    ],
  },
  {
    category: "水管破裂",
    at: ["estate", "market", "school"],
    weight: 2,
    hours: "any",
    level: 2,
    title: "{road}自来水管漏水",
    texts: [
      "市民反映{road}{place}门口地下往外冒清水,水流了半条街,怀疑是水管破裂。",
      "来电人称{community}整栋楼水压很小,六楼以上没有水。",
    ],
  },
  {
    category: "停水停电",
    at: ["estate"],
    weight: 5,
    hours: "any",
    title: "{community}停电咨询",
    texts: [
      "市民反映{community}今天突然停电,询问停电原因和恢复时间。",
      "来电人称{community}每到傍晚就跳闸,空调不敢开。",
    ],
  },
  {
    category: "燃气管破裂",
    at: ["estate"],
    weight: 0.6,
    hours: "any",
    level: 1,
    title: "{community}闻到燃气味",
    texts: [
      "来电人称{community}楼道里燃气味很重,已让邻居不要开灯开火,请马上派人查看。",
    ],
  },
  {
    category: "噪声扰民",
    at: ["plaza"],
    weight: 6,
    hours: "evening",
    title: "{place}广场舞噪声",
    texts: [
      "市民反映{place}每晚跳舞的音响声音很大,一直到九点半以后,影响孩子写作业。",
      "来电人称{community}楼下棋牌室通宵营业,吵闹声不断。",
    ],
  },
  {
    category: "公交服务",
    at: ["estate", "hospital", "school", "market", "station"],
    weight: 4,
    hours: "rush",
    title: "{road}公交等候时间长",
    texts: [
      "市民反映在{road}{place}站等车四十分钟没有等到,早高峰上班迟到,建议增加班次。",
    ],
  },
  {
    category: "交通信号灯",
    at: ["school", "market", "hospital", "estate"],
    weight: 3,
    hours: "rush",
    title: "{road}信号灯故障",
    texts: [
      "来电人反映{road}{place}路口信号灯只闪黄灯,车辆互不相让,请交警到场疏导。",
    ],
  },
  {
    category: "物业管理",
    at: ["estate"],
    weight: 7,
    hours: "any",
    title: "{community}电梯故障",
    texts: [
      "市民称{community}电梯停运三天,家中老人下不了楼,物业一直说在等配件。",
      "来电人反映{community}地下车库渗水,物业不处理。",
    ],
  },
  {
    category: "食品安全",
    at: ["market", "plaza"],
    weight: 2,
    hours: "evening",
    title: "{place}餐饮店卫生问题",
    texts: ["来电人称在{place}一家餐饮店用餐后腹泻,要求市场监管部门检查后厨。"],
  },
  {
    category: "消费维权",
    at: ["market", "plaza"],
    weight: 4,
    hours: "day",
    title: "{place}预付卡退费难",
    texts: ["市民反映{place}健身房突然闭店,办的年卡退不了钱,群里有两百多人。"],
  },
  {
    category: "劳动保障",
    at: ["construction", "factory"],
    weight: 3,
    hours: "day",
    title: "{place}拖欠工资",
    texts: ["来电人称在{place}干了三个月,工资一直没有结清,请求帮助追讨。"],
  },
  {
    category: "水域不洁",
    at: ["estate", "factory"],
    weight: 2,
    hours: "day",
    title: "{town}河道水体发黑",
    texts: ["市民反映{town}{road}边的河道水面发黑有异味,怀疑有污水直排。"],
  },
  {
    category: "绿地脏乱",
    at: ["plaza", "estate", "scenic"],
    weight: 2,
    hours: "day",
    title: "{road}绿化带缺株",
    texts: ["来电人反映{road}绿化带被踩出一条路,苗木枯死没有补种。"],
  },
  {
    category: "私搭乱建",
    at: ["estate"],
    weight: 2,
    hours: "day",
    title: "{community}楼顶违章搭建",
    texts: [
      "市民举报{community}有住户在楼顶搭建阳光房,材料吊在半空,担心坠落。",
    ],
  },
  {
    category: "医疗服务",
    at: ["hospital"],
    weight: 2,
    hours: "any",
    title: "{place}急诊等候久",
    texts: ["来电人称带孩子在{place}看急诊,已经等了两个多小时。"],
  },
  {
    category: "政务咨询",
    at: ["estate"],
    weight: 6,
    hours: "day",
    title: "咨询居住证办理",
    texts: [
      "市民咨询外地户籍在{town}办理居住证需要哪些材料,能否网上办理。",
      "来电人咨询老年人乘车优惠卡如何年审。",
    ],
  },
];

/** What is called about while it pours; heard near water. */
export const STORM_MATTERS: readonly Matter[] = [
  {
    category: "道路积水",
    at: ["estate", "market", "school", "factory"],
    weight: 10,
    hours: "any",
    level: 2,
    title: "{road}积水严重",
    texts: [
      "来电人称{road}{place}路段积水已经没过小腿,有车熄火停在水里,请尽快排水。",
      "市民反映{road}积水漫上人行道,沿街商铺正在堵沙袋。",
      "来电人反映{road}{place}下水口被树叶堵住,水排不下去。",
    ],
  },
  {
    category: "雨水井盖",
    at: ["estate", "school", "market"],
    weight: 2,
    hours: "any",
    level: 2,
    title: "{road}井盖被水顶开",
    texts: [
      "市民称{road}一处井盖被雨水顶开,水往上涌,看不清井口位置,十分危险。",
    ],
  },
  {
    category: "停水停电",
    at: ["estate"],
    weight: 4,
    hours: "any",
    level: 3,
    title: "{community}打雷后停电",
    texts: [
      "来电人称{community}打雷以后整个小区停电,电梯里可能有人被困。",
      "市民反映{community}配电房进水,物业已拉闸,询问何时恢复。",
    ],
  },
  {
    category: "行道树倒伏",
    at: ["estate", "school", "plaza"],
    weight: 3,
    hours: "any",
    level: 3,
    title: "{road}树木倒伏",
    texts: [
      "来电人反映{road}{place}门口大树被风刮倒,压住一辆轿车并挡住半幅路面。",
    ],
  },
  {
    category: "物业管理",
    at: ["estate"],
    weight: 3,
    hours: "any",
    level: 3,
    title: "{community}地下车库倒灌",
    texts: ["市民称雨水正往{community}地下车库里灌,物业水泵不够,请求支援。"],
  },
  {
    category: "交通信号灯",
    at: ["school", "market", "hospital", "estate"],
    weight: 2,
    hours: "any",
    title: "{road}信号灯因雨熄灭",
    texts: ["来电人称{road}{place}路口信号灯全灭,路面有积水,车辆挤成一团。"],
  },
];
