import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedHealth } from "../../contract/feed.ts";
import type { Incident, Reporter } from "../../contract/incident.ts";
import { maskAddress, maskDoors } from "./mask-address.ts";
import { maskJson } from "./mask-json.ts";
import { maskName } from "./mask-names.ts";
import { maskId, maskPhone } from "./mask-numbers.ts";
import {
  maskFor,
  maskHealth,
  maskIncident,
  maskText,
  tellsOf,
} from "./mask.ts";

const MASKED: readonly [text: string, shown: string][] = [
  ["13800138000", "138****8000"],
  ["请回电 138 0013 8000，谢谢", "请回电 138****8000，谢谢"],
  ["138-0013-8000", "138****8000"],
  ["1 3 8 0 0 1 3 8 0 0 0", "138****8000"],
  ["＋８６１３８００１３８０００", "＋86138****8000"],
  ["+86 13800138000", "+86 138****8000"],
  ["+86-138-0013-8000", "+86 138****8000"],
  ["0086 138 0013 8000", "0086 138****8000"],
  ["008613800138000", "0086138****8000"],
  ["8613800138000", "86138****8000"],
  ["(+86)13800138000", "(+86 138****8000"],
  ["013800138000", "0138****8000"],
  ["电话13800138000转告", "电话138****8000转告"],
  ["phone13800138000", "phone138****8000"],
  ["tel:13800138000", "tel:138****8000"],
  ["13800138000、13900139000", "138****8000、139****9000"],
  ["一三八零零一三八零零零", "一三八****八零零零"],
  ["请打一三八 零零一三 八零零零。", "请打一三八****八零零零。"],
  ["电话幺三八〇〇一三八〇〇〇", "电话幺三八****八〇〇〇"],
  ["一三八，零零一三，八零零零", "一三八****八零零零"],
  ["一三八\u200b零零一三八零零零", "一三八****八零零零"],
  ["一三八○○一三八○○○", "一三八****八○○○"],
  ["壹參捌零零壹參捌零零零", "壹參捌****捌零零零"],
  ["二、一三八零零一三八零零零", "二、一三八****八零零零"],
  [
    "一、二、三、四、五、六、七、八、九、十、一、二",
    "一、二、三、四、五、六、七、八、九、十、一、二",
  ],
  [
    "一三八零零一三八零零零、一三九零零一三八零零一",
    "一三八****八零零零、一三九****八零零一",
  ],
  ["电话：六二三四五六七八", "电话：****五六七八"],
  ["联系电话：６２３４５６７８", "联系电话：****５６７８"],
  ["电话 6 2 3 4 5 6 7 8", "电话 ****5678"],
  ["电话：6234–5678或者62345679", "电话：****5678或者****5679"],
  ["〇一〇六二三四五六七八", "〇一〇****五六七八"],
  ["电话62345678", "电话****5678"],
  ["联系电话：6234 5678、62345679", "联系电话：****5678、****5679"],
  ["请致电 6234567 找他", "请致电 ****4567 找他"],
  ["回电(62345678)", "回电(****5678)"],
  ["138/0013/8000", "138****8000"],
  ["138、0013、8000", "138****8000"],
  ["１３８／００１３／８０００", "１３８****８０００"],
  ["请打①③⑧⓪⓪①③⑧⓪⓪⓪", "请打138****8000"],
  ["❶❸❽⓿⓿❶❸❽⓿⓿⓿。", "138****8000。"],
  ["𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "138****8000"],
  ["1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "138****8000"],
  ["电话⑥②③④⑤⑥⑦⑧", "电话****5678"],
  ["聯繫人：張三豐", "聯繫人：張**"],
  ["當事人歐陽未名稱", "當事人歐陽**稱"],
  ["联系人：王\u200b小明反映", "联系人：王**反映"],
  ["王小明家门口积水", "王**家门口积水"],
  ["请到李明家楼下查看", "请到李*家楼下查看"],
  ["欧阳未名家隔壁装修", "欧阳**家隔壁装修"],
  ["13800138000 13900139000", "138****8000 139****9000"],
  ["13800138000。", "138****8000。"],
  ["138  0013  8000", "138****8000"],
  ["138 - 0013 - 8000", "138****8000"],
  ["138‑0013‑8000", "138****8000"],
  ["138\t0013\t8000", "138****8000"],
  ["13\u200b800138000", "138****8000"],
  ["\u202a138 0013\u200b8000\u202c", "\u202a138****8000\u202c"],
  ["138.0013.8000。", "138****8000。"],
  ["wx13800138000", "wx138****8000"],
  ["010-12345678", "010****5678"],
  ["010-62345678", "010****5678"],
  ["0551 6234567", "0551***4567"],
  ["（0551）62345678", "（0551****5678"],
  ["055162345678", "0551****5678"],
  ["0551-6234-5678", "0551****5678"],
  ["010-62345678转801", "010****5678转***"],
  ["010-62345678-801", "010****5678-***"],
  ["010-62345678 ext.801", "010****5678 ext.***"],
  ["110105199001010123", "110105********0123"],
  ["11010519900101012X", "110105********012X"],
  ["身份证110105 19900101 012x。", "身份证110105********012x。"],
  ["１１０１０５１９９００１０１０１２３", "110105********0123"],
  ["110105900101012", "110105*****1012"],
  ["联系人：张三丰", "联系人：张**"],
  ["姓名:李四", "姓名:李*"],
  ["报修人 王小明，电话 13800138000", "报修人 王**，电话 138****8000"],
  ["市民张三反映路灯不亮", "市民张*反映路灯不亮"],
  ["投诉人：市民张三丰称", "投诉人：市民张**称"],
  ["户主欧阳娜娜女士", "户主欧阳**女士"],
  ["当事人是赵敏", "当事人是赵*"],
  ["联系人：张三丰手机13800138000", "联系人：张**手机138****8000"],
  ["联系人：买买提·吐尔逊", "联系人：买**·***"],
  ["caller: John Smith, again", "caller: J*** S****, again"],
  ["Reporter: María O’Neil", "Reporter: M**** O*****"],
  ["联系人：John Smith", "联系人：J*** S****"],
  ["name: Ann Lee", "name: A** L**"],
];

const KEPT: readonly string[] = [
  "联系人：张先生",
  "报修人 李女士来电",
  "市民广场积水",
  "市民高度关注此事",
  "居民马路边停车",
  "投诉人：匿名",
  "2026-11-20 08:30:15",
  "2026-11-20T08:30:15.123+08:00",
  "20261120083015",
  "118.612345,31.912345",
  "118.13800138000",
  "1763600000000",
  "1763600000",
  "2026-0000123",
  "工单 202611200830123456",
  "34010000001320000001",
  "99010201001320000001",
  "990102001001001",
  "WL-13800138000",
  "sensor_13800138000",
  "S13800138000A",
  "018f3c2e-7b1c-7a3d-9c4e-138001380001",
  "urn:oid:2.49.0.1.156.13800138000",
  "110101-20261120083000-1380",
  "¥13800138000",
  "总投资13800138000元",
  "水位 32 cm，流量 1380.0138000 m³/s",
  "请拨打12345或4008123123",
  "1 2 3 4 5 6 7 8 9",
  "name: 澜江水位站",
  ...["来电20190425受理", "联系编号62345678901", "二〇二六年一一月二〇日"],
  ...["①井盖②路灯③积水④噪声⑤垃圾⑥⑦⑧", "①②③④⑤⑥⑦⑧⑨", "市民广场"],
  ...["2026/1120/0830", "138/0013/80001", "路径/138/0013/8000", "字\u200b间"],
  ...["居民家门口积水", "平时家门口没人", "公安局家门口", "老人家门口"],
];

describe("free text", () => {
  it.each(MASKED)("%s is shown as %s", (text, shown) => {
    expect(maskText(text)).toBe(shown);
  });

  it.each(KEPT)("%s stays", (text) => {
    expect(maskText(text)).toBe(text);
  });
});

const DOORS: readonly [text: string, shown: string][] = [
  ["幸福路128号3栋2单元501室漏水", "幸福路***漏水"],
  ["幸福路 128 号 3 栋漏水", "幸福路 ***漏水"],
  ["阳光花园3栋2单元501", "阳光花园***"],
  ["3号楼2单元噪声扰民", "***噪声扰民"],
  ["家住501室", "家住***"],
  ["at 128 Happiness Road, Apt 5B", "at *** Happiness Road, Apt ***"],
  ["地铁3号线停运", "地铁3号线停运"],
  ["滨江路2号闸门故障", "滨江路2号闸门故障"],
  ["11月20日8时，水位3.2米", "11月20日8时，水位3.2米"],
  ["道路5户停电", "道路5户停电"],
];
const ADDRESSES: readonly [text: string, shown: string][] = [
  ["幸福路128号3栋2单元501室", "幸福路***"],
  ["东城区幸福路128号阳光花园3栋", "东城区幸福路***"],
  ["澜江大道 1288 号对面公交站台旁", "澜江大道***"],
  ["阳光小区３栋", "阳光小区***"],
  ["新华村三组12号", "新华村三组***"],
  ["幸福路128", "幸福路***"],
  [
    "江澜新城街道澜江大道与东环路下穿立交",
    "江澜新城街道澜江大道与东环路下穿立交",
  ],
  ["128 Happiness Road, Unit 5", "*** Happiness Road, Unit ***"],
  ["", ""],
];

describe("addresses", () => {
  it.each(DOORS)("in free text, %s is shown as %s", (text, shown) => {
    expect(maskDoors(text)).toBe(shown);
  });
  it.each(ADDRESSES)("%s is shown as %s", (text, shown) => {
    expect(maskAddress(text)).toBe(shown);
  });
});

describe("fields", () => {
  it.each([
    ["13800138000", "138****8000"],
    ["+86 138-0013-8000", "138****8000"],
    ["62345678", "****5678"],
    ["12345", "*****"],
    ["138****8000", "138****8000"],
    ["*13800138000", "138****8000"],
  ])("the telephone %s is shown as %s", (phone, shown) => {
    expect(maskPhone(phone)).toBe(shown);
  });
  it.each([
    ["110105199001010123", "110105********0123"],
    ["E12345678", "*******78"],
  ])("the ID %s is shown as %s", (id, shown) => {
    expect(maskId(id)).toBe(shown);
  });
  it.each([
    ["张三", "张*"],
    ["张三丰", "张**"],
    ["李女士", "李女士"],
    ["欧阳娜娜", "欧阳**"],
    ["John Smith", "J*** S****"],
    ["", ""],
  ])("the name %s is shown as %s", (name, shown) => {
    expect(maskName(name)).toBe(shown);
  });
});

const incident = (more: Partial<Incident>): Incident => ({
  ...{ id: "1", number: "2026-0000001", feed: "hotline", externalId: "1" },
  ...{ source: "12345", department: "HOTLINE", category: null },
  ...{ title: "", description: "", priority: 2, status: "reported" },
  ...{ lng: null, lat: null, district: null, address: "", reportedAt: 1 },
  ...{ receivedAt: 1, closedAt: null, sensor: null, camera: null },
  ...{ confidence: null, historic: false, rev: 1, matterClass: "A" },
  ...{ centre: null, parent: null, due: null, departments: ["HOTLINE"] },
  ...{
    handlers: [],
    grid: null,
    supervised: 0,
    instructed: false,
    waiting: [],
  },
  ...{ returns: 0, reworks: 0, urges: 0 },
  ...more,
});

describe("an incident", () => {
  const reporter: Reporter = { name: "林小满", phone: "5566778" };
  const told = incident({
    title: "林小满家漏水",
    description: "幸福路128号3栋，林小满，556-6778",
    address: "幸福路128号3栋",
  });

  it("hides its reporter's own name and number wherever they stand, addresses stay", () => {
    expect(maskIncident(told, reporter, "personal")).toMatchObject({
      title: "林**家漏水",
      description: "幸福路128号3栋，林**，***6778",
      address: "幸福路128号3栋",
    });
  });

  it("hides addresses below the community too where nobody may read them", () => {
    expect(maskIncident(told, reporter, "all")).toMatchObject({
      description: "幸福路***，林**，***6778",
      address: "幸福路***",
    });
  });

  it("is the same one where it holds nothing to hide", () => {
    const plain = incident({ title: "路灯不亮" });
    expect(maskIncident(plain, reporter, "all")).toBe(plain);
    expect(tellsOf([plain.title], reporter)).toBe(false);
    expect(tellsOf(["路灯", told.title], reporter)).toBe(true);
  });
});

describe("what a feed brings", () => {
  it("numbers no incident by a telephone, and its trouble quotes none", () => {
    const call = incident({
      ...{ title: "路灯不亮", externalId: "13800138000" },
      source: "热线 13800138000",
    });
    expect(maskIncident(call, null, "personal")).toMatchObject({
      ...{ externalId: "138****8000", source: "热线 138****8000" },
    });
    const health = { error: 'expected a time, found "13800138000"' };
    expect(maskHealth(health as FeedHealth)).toEqual({
      error: 'expected a time, found "138****8000"',
    });
  });
});

describe("a payload", () => {
  it("is masked field by field", () => {
    const raw = JSON.stringify({
      title: "联系13800138000",
      name: "水尺 7",
      address: "幸福路128号",
      reporter: { name: "林小满", phone: 5566778, address: "幸福路1号" },
      contactPhone: 13800138000,
      idCard: "110105199001010123",
      at: 1763600000000,
      callerName: "John Smith",
      list: [{ 联系人: "张三" }],
      "13800138000": 2,
    });
    expect(JSON.parse(maskJson(raw))).toEqual({
      title: "联系138****8000",
      name: "水尺 7",
      address: "幸福路128号",
      reporter: { name: "林**", phone: "***6778", address: "幸福路***" },
      contactPhone: "138****8000",
      idCard: "110105********0123",
      at: 1763600000000,
      callerName: "J*** S****",
      list: [{ 联系人: "张*" }],
      "138****8000": 2,
    });
  });

  it("that is no JSON, or cut off, is masked as text", () => {
    expect(maskJson("姓名：张三,13800138000")).toBe("姓名：张*,138****8000");
    expect(maskJson('[{"reporter":{"name":"张三","phone":"13800138000"')).toBe(
      '[{"reporter":{"name":"张*","phone":"138****8000"',
    );
  });

  it("nested beyond measure is masked as text", () => {
    const deep = "[".repeat(200_000) + '"13800138000"' + "]".repeat(200_000);
    expect(maskJson(deep)).toContain("138****8000");
  });
});

describe("every mask", () => {
  const part = fc.oneof(
    fc.constantFrom(
      ...[
        "联系人：",
        "市民",
        "张三",
        "欧阳娜娜",
        "反映",
        "女士",
        "caller: ",
        "name",
      ],
      ...["John", "Smith", "138", "0013", "8000", "13800138000", "+86", "0086"],
      ...["110105", "19900101", "012X", "010", "62345678", "转", "801", "0551"],
      ...[
        "幸福路",
        "128",
        "号",
        "3栋",
        "2单元",
        "501",
        "室",
        "阳光小区",
        "Apt 5B",
      ],
      ...[
        "Happiness Road",
        " ",
        "-",
        "，",
        "：",
        "*",
        "**",
        "***",
        "x",
        ")",
        "一",
      ],
    ),
    fc.string({ maxLength: 4 }),
  );
  const text = fc.array(part, { maxLength: 16 }).map((parts) => parts.join(""));
  const reporter = fc.record({
    name: fc.constantFrom("", "张三", "张张", "John", "aa", "a.b(", "欧阳娜娜"),
    phone: fc.constantFrom("", "5566778", "13800138000", "8000"),
  });

  it("masks once, and is at most twice as long", () => {
    fc.assert(
      fc.property(
        text,
        reporter,
        fc.constantFrom("personal" as const, "all" as const),
        (given, who, masking) => {
          const masks = [maskText, maskDoors, maskAddress, maskName, maskPhone];
          for (const mask of [...masks, maskId, maskFor(who, masking)]) {
            const once = mask(given);
            expect(mask(once)).toBe(once);
            expect(once.length).toBeLessThanOrEqual(
              Math.max(3, 2 * given.length),
            );
          }
        },
      ),
      { seed: 20261126, numRuns: 5_000 },
    );
  });

  it.each([
    "1",
    "1 ",
    "13800138000",
    "1-",
    "张",
    "市民",
    "联系人：",
    "caller: A ",
    "号",
    "路1号",
    "1栋",
    "1 A ",
    "Aaaa ",
    " ",
    "０",
    "(",
    "*",
    'name:"',
    "1号2",
  ])("takes a megabyte of %j in its stride", (piece) => {
    const hostile = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const began = process.cpuUsage();
    maskFor({ name: "张三", phone: "11111111111" }, "all")(hostile);
    maskAddress(hostile);
    maskJson(hostile);
    // Quadratic would be minutes.
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(10_000);
  });
});
