export const words = {
  zh: { none: "当前没有在办事件", elapsed: "已 {time}", total: "在办 {n}" },
  en: { none: "No open incidents", elapsed: "{time}", total: "{n} open" },
};
