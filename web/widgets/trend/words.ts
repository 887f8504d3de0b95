export const words = {
  zh: { yesterday: "昨日", today: "今日", failed: "历史未能读取：{problem}" },
  en: {
    yesterday: "Yesterday",
    today: "Today",
    failed: "No history: {problem}",
  },
};
