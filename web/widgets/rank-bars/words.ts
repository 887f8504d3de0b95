export const words = {
  zh: {
    open: "在办事件排行",
    today: "今日事件排行",
    none: "没有可排行的数据",
    elsewhere: "未定区县",
    uncategorised: "未分类",
  },
  en: {
    open: "Open incidents",
    today: "Reported today",
    none: "Nothing to rank",
    elsewhere: "No district",
    uncategorised: "No category",
  },
};
