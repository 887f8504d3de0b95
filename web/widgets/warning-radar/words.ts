export const words = {
  zh: {
    alarms: "项告警",
    calm: "全部正常",
    silent: "没有新数据",
    rest: "另有 {n} 项告警",
  },
  en: {
    alarms: "alarms",
    calm: "All normal",
    silent: "Nothing is heard",
    rest: "{n} more in alarm",
  },
};
