/** Words of the statistics' table, which is read where no page is. */
import type { StageFigures } from "../../contract/statistics.ts";

export type ColumnName =
  | ("registered" | "dispatched" | "closed")
  | ("wholeKept" | "wholeSettled" | "wholeRate" | "wholeRateFirst")
  | ("kept" | "settled" | "rate" | "rateFirst")
  | ("fedBack" | "reworked" | "reworkRate" | "returned" | "returnRate")
  | ("accuracy" | "supervised" | "superviseRate")
  | ("reached" | "satisfaction")
  | ("naturalP50" | "naturalP90" | "workedP50" | "workedP90");

interface Words {
  head: [section: string, code: string, name: string];
  section: Record<
    | ("totals" | "stages" | "departments" | "districts")
    | ("sources" | "classes" | "domains" | "towns"),
    string
  >;
  totals: string;
  before: string;
  unknown: string;
  matterClass: Record<string, string>;
  stage: Record<StageFigures["stage"], string>;
  column: Record<ColumnName, string>;
}

export type Language = "zh" | "en";

export const STATISTICS_WORDS: Record<Language, Words> = {
  zh: {
    head: ["部分", "编码", "名称"],
    section: {
      totals: "总体",
      stages: "环节",
      departments: "部门",
      districts: "区县",
      sources: "来源",
      classes: "事项类别",
      domains: "治理网",
      towns: "街道（镇）",
    },
    totals: "本期",
    before: "上期",
    unknown: "未定",
    matterClass: { A: "A 一般", B: "B 工程", C: "C 特殊" },
    stage: {
      accept: "受理",
      verify: "核实",
      dispatch: "派遣",
      sign: "签收",
      handle: "处置",
      check: "核查",
      whole: "全程（首报至结案）",
    },
    column: {
      registered: "立案数",
      dispatched: "派单数",
      closed: "结案数",
      wholeKept: "按期办结数",
      wholeSettled: "应办结数",
      wholeRate: "按期办结率%",
      wholeRateFirst: "按原时限办结率%",
      kept: "按期数",
      settled: "应完成数",
      rate: "按期率%",
      rateFirst: "按原时限按期率%",
      fedBack: "反馈数",
      reworked: "返工数",
      reworkRate: "返工率%",
      returned: "退回数",
      returnRate: "退回率%",
      accuracy: "派遣准确率%",
      supervised: "督办数",
      superviseRate: "督办率%",
      reached: "回访接通数",
      satisfaction: "满意率%",
      naturalP50: "自然时P50（小时）",
      naturalP90: "自然时P90（小时）",
      workedP50: "工作时P50（小时）",
      workedP90: "工作时P90（小时）",
    },
  },
  en: {
    head: ["Part", "Code", "Name"],
    section: {
      totals: "Totals",
      stages: "Stages",
      departments: "Departments",
      districts: "Districts",
      sources: "Sources",
      classes: "Matter classes",
      domains: "Domains",
      towns: "Towns",
    },
    totals: "This period",
    before: "Period before",
    unknown: "Not known",
    matterClass: { A: "A ordinary", B: "B works", C: "C special" },
    stage: {
      accept: "Accept",
      verify: "Verify",
      dispatch: "Dispatch",
      sign: "Sign",
      handle: "Handle",
      check: "Check",
      whole: "Whole (report to closing)",
    },
    column: {
      registered: "Registered",
      dispatched: "Orders sent",
      closed: "Closed",
      wholeKept: "Closed on time",
      wholeSettled: "Closed or overdue",
      wholeRate: "On-time closing %",
      wholeRateFirst: "On-time closing, first limits %",
      kept: "On time",
      settled: "Settled",
      rate: "On-time rate %",
      rateFirst: "On-time rate, first limit %",
      fedBack: "Fed back",
      reworked: "Sent back to rework",
      reworkRate: "Rework rate %",
      returned: "Returned",
      returnRate: "Return rate %",
      accuracy: "Dispatch accuracy %",
      supervised: "Supervised",
      superviseRate: "Supervise rate %",
      reached: "Reporters reached",
      satisfaction: "Satisfaction %",
      naturalP50: "P50, day's time (h)",
      naturalP90: "P90, day's time (h)",
      workedP50: "P50, working time (h)",
      workedP90: "P90, working time (h)",
    },
  },
};
