export const words = {
  zh: {
    feeds: "数据源",
    weather: {
      rain: "降雨",
      windForce: "风力",
      tempMax: "最高",
      visibility: "能见度",
    },
    noWarning: "无预警",
    more: "另 {n} 条",
    drillFeeds: "数据回放",
  },
  en: {
    feeds: "Feeds",
    weather: {
      rain: "Rain",
      windForce: "Wind",
      tempMax: "High",
      visibility: "Visibility",
    },
    noWarning: "No warnings",
    more: "{n} more",
    drillFeeds: "replayed data",
  },
};
