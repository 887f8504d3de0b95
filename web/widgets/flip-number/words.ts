export const words = {
  zh: { open: "在办事件", today: "今日上报事件", unit: "件" },
  en: { open: "Open incidents", today: "Reported today", unit: "" },
};
