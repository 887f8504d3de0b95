export const words = {
  zh: {
    alarms: "项告警",
    calm: "没有告警",
    silent: "没有新数据",
    rest: "另有 {n} 项告警",
  },
  en: {
    alarms: "alarms",
    calm: "No alarms",
    silent: "Nothing is heard",
    rest: "{n} more in alarm",
  },
};
