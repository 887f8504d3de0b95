export const words = {
  zh: {
    none: "没有此类感知点",
    calm: "{n} 个点位全部正常",
    sensors: "{n} 个点位",
  },
  en: {
    none: "No sensors of this kind",
    calm: "All {n} sensors normal",
    sensors: "{n} sensors",
  },
};
