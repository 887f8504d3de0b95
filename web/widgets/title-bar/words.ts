export const words = {
  zh: {
    feeds: "数据源",
    weather: {
      rain: "3小时雨量",
      windForce: "风力",
      tempMax: "今日最高",
      visibility: "能见度",
    },
    noWarning: "无预警",
    more: "另 {n} 条",
    drillFeeds: "数据回放",
  },
  en: {
    feeds: "Feeds",
    weather: {
      rain: "Rain 3 h",
      windForce: "Wind",
      tempMax: "Day's high",
      visibility: "Visibility",
    },
    noWarning: "No warnings",
    more: "{n} more",
    drillFeeds: "replayed data",
  },
};
