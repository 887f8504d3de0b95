export const words = {
  zh: { hours: "近 {n} 小时" },
  en: { hours: "last {n} h" },
};
