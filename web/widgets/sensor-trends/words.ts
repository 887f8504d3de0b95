export const words = {
  zh: { none: "没有此类感知点" },
  en: { none: "No sensors of this kind" },
};
