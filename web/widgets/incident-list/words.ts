export const words = {
  zh: {
    none: "当前没有在办事件",
    elapsed: "已 {time}",
    total: "在办 {n}",
    /** For a line that is shared with a place. */
    sourceShort: {
      hotline12345: "12345",
      gridReport: "网格",
      iotAlarm: "物联",
      videoAi: "视频",
      warning12379: "预警",
      citizenSnap: "随手拍",
      cityApp: "App",
      leaderInstruction: "批示",
      upperLevel: "上级",
      media: "媒体",
      deptTransfer: "转办",
    },
  },
  en: {
    none: "No open incidents",
    elapsed: "{time}",
    total: "{n} open",
    sourceShort: {
      hotline12345: "12345",
      gridReport: "grid",
      iotAlarm: "sensor",
      videoAi: "video",
      warning12379: "warning",
      citizenSnap: "snap",
      cityApp: "app",
      leaderInstruction: "leader",
      upperLevel: "above",
      media: "media",
      deptTransfer: "transfer",
    },
  },
};
