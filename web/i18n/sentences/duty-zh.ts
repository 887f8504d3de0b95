/** Rosters, the duty log and hand-overs, in Chinese; see contract/duty-sentences.ts. */
import type { DUTY_SENTENCES } from "../../../contract/duty-sentences.ts";

export const duty: Record<keyof typeof DUTY_SENTENCES, string> = {
  shiftGap: "{from} 至 {to} 没有班次",
  shiftsMeet: "班次 {one} 与 {other} 在 {from} 至 {to} 重叠",
  rosterWrong: "排班表未采用，有 {n} 处不符",
  cellWrong: "第 {line} 行 {column} 列为“{cell}”：{sentence}",
  lineWrong: "第 {line} 行：{sentence}",
  columnMissing: "缺少 {column} 列",
  dateShape: "日期须写作 YYYY-MM-DD",
  dayOver: "{date} 已过去，不再更改",
  noShift: "本市没有班次 {shift}",
  noRosterRole: "岗位须为 dutyLeader、shiftLeader、dutyOfficer 或 seat",
  nameMissing: "每个岗位都须写姓名",
  rosterMoved: "排班表已不是第 {rev} 版，现为第 {now} 版，请重新载入",
  rosterEmpty: "表中没有今天及以后的排班",
  dutyOfCity: "值班由市级中心负责，需要全市数据范围",
  dutyOfOthers: "{department} 的值班由其本级人员负责",
  noDutyCentre: "没有设值班的中心 {department}",
  noEntry: "值班日志中没有记录 {id}",
  noneOn: "现在没有在班的班次：本市此时段未设班次",
  notOn: "{date} 的班次 {shift} 不在班",
  handedOver: "{who} 已交出本班",
  noHandOver: "没有交接记录 {id}",
  receivedBy: "{who} 已接班",
  notForYou: "只能由指定的接班人或下一班人员接班",
  toHimself: "不能交接给自己",
};
