export const words = {
  zh: {
    total: "在办合计",
    today: "今日上报",
    unjudged: "未定级",
    short: "优先级 {n}",
  },
  en: {
    total: "Open",
    today: "Today",
    unjudged: "Not judged",
    short: "P{n}",
  },
};
