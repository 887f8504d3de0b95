import type { Random } from "./random.ts";

/**
 * Characters of the city's names with their readings. Names are put together
 * from these, so that every one has an English spelling and none is taken from
 * a real gazetteer.
 */
const READINGS = `
江jiang 澜lan 湾wan 桥qiao 塘tang 埠bu 店dian 庄zhuang 渡du 圩wei 岭ling 坞wu 浦pu
港gang 泽ze 洲zhou 墩dun 堰yan 坝ba 岗gang 坪ping 亭ting 驿yi 铺pu 集ji 寨zhai 林lin
田tian 泉quan 溪xi 川chuan 山shan 柳liu 石shi 白bai 青qing 云yun 龙long 凤feng 金jin
银yin 竹zhu 松song 梅mei 兰lan 荷he 菱ling 沙sha 洪hong 新xin 古gu 大da 小xiao 上shang
下xia 东dong 西xi 南nan 北bei 高gao 平ping 长chang 双shuang 三san 万wan 永yong 安an 和he
兴xing 福fu 泰tai 望wang 临lin 鼓gu 楼lou 府fu 前qian 文wen 昌chang 月yue 湖hu 学xue 朝chao
阳yang 关guan 门men 人ren 民min 中zhong 华hua 解jie 放fang 建jian 设she 滨bin 心xin 城cheng
畴chou 县xian 市shi 台tai 口kou 海hai 屿yu 礁jiao 滩tan 鸥ou 鹭lu 水shui 渠qu 河he 库ku
镜jing 源yuan 春chun 夏xia 秋qiu 景jing 明ming 德de 瑞rui 祥xiang 康kang 宁ning 清qing 秀xiu
丽li 苑yuan 园yuan 霞xia 晖hui 翠cui 碧bi 玉yu 锦jin 绣xiu 星xing 辰chen 虹hong 彩cai 桂gui
桐tong 枫feng 樱ying 榆yu 槐huai 杏xing 桃tao 梨li 芳fang 草cao 芦lu 雁yan 鹤he 莺ying 燕yan
书shu 香xiang 墨mo 砚yan 琴qin 诗shi 画hua 雅ya 仁ren 义yi 礼li 智zhi 信xin 忠zhong 诚cheng
广guang 通tong 达da 顺shun 利li 丰feng 裕yu 隆long 盛sheng 荣rong 富fu 贵gui 创chuang 业ye
科ke 技ji 工gong 商shang 贸mao 会hui 展zhan 迎ying 宾bin 友you 谊yi 团tuan 结jie 胜sheng 光guang
复fu 旭xu 日ri 晓xiao 晨chen 向xiang 振zhen 体ti 育yu 站zhan 火huo 车che 军jun 校xiao 教jiao
院yuan 医yi 公gong 环huan 快kuai 速su 绕rao 内nei 外wai 雨yu 雪xue 风feng 花hua 红hong 紫zi
黄huang 丹dan 蓝lan 溯su 潮chao 汐xi 帆fan 舟zhou 航hang 津jin 堤di 岸an 汀ting 沁qin 沐mu
涌yong 汇hui 泊po 潭tan 井jing 谷gu 峰feng 岩yan 坡po 坂ban 原yuan 野ye 村cun 里li 巷xiang
坊fang 弄long 街jie 道dao 路lu 一yi 二er 四si 五wu 六liu 七qi 八ba 九jiu 十shi 天tian 地di
国guo 际ji 空kong 机ji 场chang 央yang 森sen 植zhi 物wu 博bo 览lan 馆guan 双shuang 歌ge 剧ju
善shan 美mei 良liang 友you 乐le 嘉jia 佳jia 祺qi 逸yi 悦yue 欣xin 怡yi 宜yi 庭ting 居ju 家jia 年nian 济ji 阁ge 洋yang 群qun 岛dao 线xian 轨gui 环huan 兆zhao
`;

const reading = new Map(
  READINGS.trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);

/** `江湾` → `Jiangwan`. Throws for a character without a reading. */
export function spell(name: string): string {
  const text = [...name]
    .map((character) => {
      const sound = reading.get(character);
      if (!sound) throw new Error(`no reading for ${character} in ${name}`);
      return sound;
    })
    .join("");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Endings of names and their English, longest first. */
const ENDINGS = [
  ["快速路", "Expressway"],
  ["高速", "Ring Expressway"],
  ["街道", "Subdistrict"],
  ["社区", "Community"],
  ["大道", "Avenue"],
  ["水库", "Reservoir"],
  ["公园", "Park"],
  ["湿地", "Wetland"],
  ["大桥", "Bridge"],
  ["路", "Road"],
  ["街", "Street"],
  ["巷", "Lane"],
  ["镇", "Town"],
  ["乡", "Township"],
  ["村", "Village"],
  ["桥", "Bridge"],
  ["站", "Station"],
] as const;

/** `江湾街道` → `Jiangwan Subdistrict`. */
export function english(nameZh: string): string {
  for (const [zh, en] of ENDINGS)
    if (nameZh.endsWith(zh) && nameZh.length > zh.length)
      return `${spell(nameZh.slice(0, -zh.length))} ${en}`;
  return spell(nameZh);
}

const PLACE_FIRST =
  "江柳桥石白青云龙凤金银竹松梅兰荷菱塘溪沙洪新古大小上下东西南北高平长双三万永安和兴福泰望临桂枫榆槐杏桃芦雁鹤";
const PLACE_SECOND =
  "湾桥塘埠店庄渡圩岭坞浦港泽洲墩堰坝岗坪亭驿铺集寨林田泉溪川潭井谷坡原";
const ROAD_FIRST =
  "春秋景明文德瑞祥康宁清秀丽翠碧玉锦星辰虹桂桐枫樱槐杏芳芦雁鹤书香墨诗雅仁信诚广通达顺丰裕隆盛荣创业科工商友胜光旭晓晨朝向振学育金银云龙凤松竹梅兰荷江海潮帆航津望临永安和兴福泰青白紫丹";
const ROAD_SECOND =
  "华晖明阳苑林园泉溪湖山亭台桥湾岸堤汀谷峰原城门关安宁和平泰兴昌盛达通源泽康福祥瑞德文景秀芳锦绣翠云霞虹月星辰光风雅春秋业新丰";
const ESTATE_SECOND = "苑园居庭湾里府台";

/** Counties, cities and famous villages that the characters above could spell by chance. */
const REAL =
  "桂林 银川 南川 北川 洪泽 青浦 江浦 龙泉 石林 临泉 临潭 新田 福泉 永川 龙川 泰兴 泰安 永安 福安 金华 兴安 永兴 永福 永泰 永和 兴和 新洲 大田 古田 三原 平原 平谷 平泉 平坝 长岭 石泉 青田 高坪 金川 龙湾 龙港 龙井 南溪 东港 东坡 兴宁 永康 永宁 福泰 大新 大通 盛泽 泰康 新源 新丰 新兴 新安 通化 海宁 海城 龙岩 龙山 龙门 金山 文昌 景宁 景德 顺德 广安 广德 广昌 广丰 广通 隆昌 荣昌 建昌 信丰 丰城 丰台 丰宁 潮安 望城 临城 临安 临泽 临湖 香山 香河 青阳 青山 青岛 青龙 云阳 云和 云安 云龙 东兴 福清 松阳 松原 海阳 海安 海丰 晨光 小岗 大寨 周庄 永联 华明 春城 和平 秀山 安宁 仁和 银海 瑞安 瑞昌 瑞金 康平 宁安 宁波 芳城".split(
    " ",
  );

export interface Naming {
  /** Two characters of a place, never given twice. */
  place: () => string;
  /** Two characters of a road, never given twice. */
  road: () => string;
}

export function createNaming(random: Random, taken: Iterable<string>): Naming {
  const used = new Set([...taken, ...REAL]);
  const draw = (first: string, second: string) => {
    for (;;) {
      const name = random.pick([...first]) + random.pick([...second]);
      if (name.charAt(0) === name.charAt(1) || used.has(name)) continue;
      used.add(name);
      return name;
    }
  };
  return {
    place: () => draw(PLACE_FIRST, PLACE_SECOND),
    road: () => draw(ROAD_FIRST, ROAD_SECOND),
  };
}

/** `春晖苑`: names of housing estates, which may repeat in another town. */
export const estateName = (random: Random) =>
  random.pick([...ROAD_FIRST]) +
  random.pick([...ROAD_SECOND]) +
  random.pick([...ESTATE_SECOND]);

/** Two characters of a community; may repeat in another town. */
export function communityName(random: Random): string {
  const name = random.chance(0.5)
    ? random.pick([...PLACE_FIRST]) + random.pick([...PLACE_SECOND])
    : random.pick([...ROAD_FIRST]) + random.pick([...ROAD_SECOND]);
  return REAL.includes(name) ? communityName(random) : name;
}
