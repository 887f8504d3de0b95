import type { Random } from "../city/random.ts";

/** Invented callers. */

const SURNAMES = [
  ..."王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔",
];
const GIVEN = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国志梅鑫波斌宇浩凯欣怡晨雨佳慧婷雪琳宁海云峰新文俊辉",
];

export interface Caller {
  name: string;
  phone: string;
}

/** The prefix 154 was never given to any operator: the number rings nowhere. */
const PREFIX = "154";

export function caller(random: Random): Caller {
  const given = random.chance(0.75)
    ? random.pick(GIVEN) + random.pick(GIVEN)
    : random.pick(GIVEN);
  return {
    name: random.pick(SURNAMES) + given,
    phone: PREFIX + String(random.integer(0, 99_999_999)).padStart(8, "0"),
  };
}
