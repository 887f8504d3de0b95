/** Words of the rain signals (domain.md §6). */
export const RAINSTORM = {
  blue: {
    description:
      "预计未来12小时内城区及周边降雨量将达50毫米以上,请注意防范低洼路段积水。",
    instruction: "清理排水口,检查低洼地段,注意出行安全。",
  },
  yellow: {
    description:
      "预计未来6小时内城区降雨量将达50毫米以上,并伴有雷电和8级左右阵风。",
    instruction:
      "排涝泵站进入值守,下穿立交备好警戒和抽排设备,暂停室外高空作业。",
  },
  orange: {
    description:
      "过去3小时内城区部分地区降雨量已达50毫米以上,且降雨可能持续,下穿立交和地下空间内涝风险高。",
    instruction:
      "积水超过25厘米的路段立即封闭,低洼地区人员转移,学校和单位视情停课停业。",
  },
} as const;

export interface Kind {
  event: string;
  code: string;
  level: "blue" | "yellow";
  /** 0 = January. */
  months: readonly number[];
  description: string;
  instruction: string;
}

export const KINDS: readonly Kind[] = [
  {
    event: "大雾",
    code: "11B17",
    level: "yellow",
    months: [0, 1, 2, 9, 10, 11],
    description: "{district}部分地区能见度小于500米,今天上午将逐渐好转。",
    instruction: "驾驶人员减速慢行,轮渡和高速公路视情管控。",
  },
  {
    event: "大风",
    code: "11B06",
    level: "blue",
    months: [0, 1, 2, 3, 4, 8, 9, 10, 11],
    description: "{district}沿江沿海平均风力将达6级,阵风8级。",
    instruction: "加固户外广告牌和围板,小型船舶回港避风。",
  },
  {
    event: "寒潮",
    code: "11B05",
    level: "blue",
    months: [0, 1, 10, 11],
    description: "受冷空气影响,{district}48小时内最低气温将下降8℃以上。",
    instruction: "注意防寒保暖,供热单位做好保障。",
  },
  {
    event: "高温",
    code: "11B09",
    level: "yellow",
    months: [5, 6, 7],
    description: "{district}今天白天最高气温将升至35℃以上。",
    instruction: "减少午后户外作业,注意防暑降温和用电安全。",
  },
  {
    event: "雷电",
    code: "11B14",
    level: "yellow",
    months: [3, 4, 5, 6, 7, 8],
    description: "{district}6小时内可能发生雷电活动,局地伴有短时强降水。",
    instruction: "避免在空旷处停留,切断易受雷击影响的电源。",
  },
];
