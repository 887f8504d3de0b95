export const words = {
  zh: {
    alarms: "项告警",
    calm: "没有告警",
    silent: "没有新数据",
    /** The value is back while hysteresis holds its level. */
    easing: "回落中",
    rest: "另有 {n} 项告警",
  },
  en: {
    alarms: "alarms",
    calm: "No alarms",
    silent: "Nothing is heard",
    easing: "easing",
    rest: "{n} more in alarm",
  },
};
