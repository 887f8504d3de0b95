export const words = {
  zh: { district: "区县", open: "在办事件", none: "没有区县数据" },
  en: { district: "District", open: "Open", none: "No districts" },
};
