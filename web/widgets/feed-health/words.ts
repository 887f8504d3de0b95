export const words = {
  zh: {
    none: "没有登记的数据源",
    calm: "全部数据源按时到达",
    rate: "每秒 {n} 条",
    never: "从未到达",
    since: "自 {time}",
    quarantine: "隔离 {n}",
  },
  en: {
    none: "No feeds are registered",
    calm: "All feeds are on time",
    rate: "{n} items/s",
    never: "never heard",
    since: "since {time}",
    quarantine: "{n} quarantined",
  },
};
