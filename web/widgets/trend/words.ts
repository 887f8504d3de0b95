export const words = {
  zh: { yesterday: "昨日", today: "今日", failed: "历史暂时读不到，稍后再读" },
  en: {
    yesterday: "Yesterday",
    today: "Today",
    failed: "The history cannot be read now; trying again",
  },
};
