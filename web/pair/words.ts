/** Words of the page that pairs a screen. */
export const words = {
  zh: {
    title: "配对这块屏",
    hint: "由大屏管理员在「系统管理 · 大屏设备」中输入此配对码，或用手机扫描二维码。",
    code: "配对码",
    qr: "配对码的二维码",
    scan: "扫描以批准",
    left: "剩余",
    next: "到期后自动更换",
    asking: "正在向中心请求配对码",
    lost: "无法连接到中心，正在重试",
    busy: "配对请求过多，稍后自动重试",
    paired: "已配对，正在打开大屏",
  },
  en: {
    title: "Pair this screen",
    hint: "A screen administrator enters this code under Administration · Walls, or scans it with a phone.",
    code: "Pairing code",
    qr: "QR code of the pairing code",
    scan: "Scan to approve",
    left: "Left",
    next: "a new one follows by itself",
    asking: "Asking the hub for a code",
    lost: "The hub cannot be reached; trying again",
    busy: "Too many screens ask to be paired; trying again soon",
    paired: "Paired; opening the wall",
  },
};
