export const words = {
  zh: {
    offline: "摄像机离线",
    offlineSince: "离线 {age}",
    noStream: "未提供视频流",
    none: "没有可显示的摄像机",
    unknown: "没有编码为 {id} 的摄像机",
    near: "事发地附近",
    problem: "未能取得摄像机：{problem}",
  },
  en: {
    offline: "Camera offline",
    offlineSince: "offline for {age}",
    noStream: "No stream given",
    none: "No camera to show",
    unknown: "There is no camera {id}",
    near: "Near the incident",
    problem: "Cameras could not be asked for: {problem}",
  },
};
