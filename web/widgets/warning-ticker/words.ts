export const words = {
  zh: {
    none: "当前没有生效的预警",
    until: "至 {time}",
    waiting: "等待预警数据",
    assumed: "级别未明，按蓝色处理",
  },
  en: {
    none: "No warnings in force",
    until: "until {time}",
    waiting: "Waiting for warnings",
    assumed: "unknown severity, taken as blue",
  },
};
