/** Words of what makes slow progress. */
import { useI18n } from "vue-i18n";

const words = {
  zh: {
    title: "进展缓慢事项",
    hint: "截至 {at}：已过时限或督办未答复的在办事件，按部门、按超期天数",
    number: "编号",
    incident: "事件",
    due: "时限",
    late: "超期",
    supervised: "督办",
    level: "{n} 级",
    centre: "指挥中心",
    n: "{n} 件",
    none: "没有进展缓慢的事项",
    cut: "此处列出 {n} 件，共 {of} 件；全部见 CSV 或 XLSX",
  },
  en: {
    title: "Slow progress",
    hint: "As of {at}: open past their deadline or supervised without an answer, by department and days late",
    number: "Number",
    incident: "Incident",
    due: "Deadline",
    late: "Late",
    supervised: "Supervised",
    level: "level {n}",
    centre: "Command centre",
    n: "{n} of them",
    none: "Nothing makes slow progress",
    cut: "{n} of {of} are listed here; CSV and XLSX have all",
  },
};

export const useSlowWords = () =>
  useI18n({ useScope: "local", messages: words });
