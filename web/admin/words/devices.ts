/** Words of the walls. */
export const devices = {
  zh: {
    title: "大屏设备",
    hint: "已配对的大屏免登录，只能显示指定的屏幕，个人信息全部脱敏。",
    pair: "配对大屏",
    pairHint: "在大屏的浏览器打开 /pair，把屏上显示的配对码填在这里。",
    code: "配对码",
    name: "名称",
    nameHint: "如：指挥大厅主屏",
    screens: "屏幕",
    screensHint: "屏幕（第一个立即显示）",
    state: {
      online: "在线",
      recently: "刚刚离线",
      stale: "离线未满一天",
      offline: "离线超过一天",
      disabled: "已停用",
      revoked: "已吊销",
    },
    seen: "最近在线",
    pairedBy: "{at} 由{name}配对",
    empty: "还没有配对的大屏",
    act: {
      change: "修改",
      switchOff: "停用",
      switchOn: "启用",
      revoke: "吊销",
    },
    changeOf: "修改大屏：{name}",
    do: {
      switchOff: {
        title: "停用大屏：{name}",
        text: "大屏立即断开，启用后自动恢复显示。",
      },
      switchOn: {
        title: "启用大屏：{name}",
        text: "大屏将恢复显示指定的屏幕。",
      },
      revoke: {
        title: "吊销大屏：{name}",
        text: "大屏在一秒内断开，凭证永久作废，无法撤销；再用须重新配对。",
      },
    },
  },
  en: {
    title: "Walls",
    hint: "A paired wall needs no sign-in; it shows its screens only, with all personal data masked.",
    pair: "Pair a wall",
    pairHint:
      "Open /pair in the wall's browser, and type here the code that it shows.",
    code: "Pairing code",
    name: "Name",
    nameHint: "such as: main wall of the hall",
    screens: "Screens",
    screensHint: "Screens (the first is shown at once)",
    state: {
      online: "online",
      recently: "just gone",
      stale: "gone, under a day",
      offline: "gone over a day",
      disabled: "switched off",
      revoked: "revoked",
    },
    seen: "Last seen",
    pairedBy: "paired by {name}, {at}",
    empty: "No wall is paired yet",
    act: {
      change: "Change",
      switchOff: "Switch off",
      switchOn: "Switch on",
      revoke: "Revoke",
    },
    changeOf: "Change the wall {name}",
    do: {
      switchOff: {
        title: "Switch off {name}",
        text: "The wall is cut off at once; switched on again it goes on by itself.",
      },
      switchOn: {
        title: "Switch on {name}",
        text: "The wall shows its screens again.",
      },
      revoke: {
        title: "Revoke {name}",
        text: "The wall is cut off within a second and its token ends for good. This cannot be undone; to use it again, pair it anew.",
      },
    },
  },
};
