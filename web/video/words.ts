import type { Words } from "../i18n/index.ts";
import type { Denial } from "./opening.ts";
import type { Playback, Trouble } from "./playback.ts";

const troubles: Readonly<Record<Trouble, Words>> = {
  network: { zh: "网络中断", en: "Network lost" },
  notFound: { zh: "找不到视频流", en: "No such stream" },
  decode: { zh: "无法解码", en: "Cannot decode" },
  stalled: { zh: "长时间无画面", en: "No picture for long" },
};

/** Why the hub gave no address. */
export const denials: Readonly<Record<Denial, Words>> = {
  notShared: { zh: "该视频未向您共享", en: "Not shared with you" },
  unasked: {
    zh: "暂时无法调阅，稍后重试",
    en: "It cannot be opened now; trying again",
  },
};

const unsupported: Words = {
  zh: "此类视频流暂不能播放",
  en: "This kind of stream cannot be played yet",
};

/** The sentence that stands over a pane; null while it plays. `now` by the same clock as the playback's. */
export function sentenceOf(state: Playback, now: number): Words | null {
  const seconds = (ms: number) => Math.max(0, Math.round(ms / 1_000));
  switch (state.phase) {
    case "opening":
      return { zh: "正在连接", en: "Connecting" };
    case "playing":
    case "closed":
      return null;
    case "frozen": {
      const n = seconds(now - state.since);
      return { zh: `画面冻结 ${n} 秒`, en: `Picture frozen for ${n} s` };
    }
    case "waiting": {
      const n = seconds(state.retryAt - now);
      const { zh, en } = troubles[state.trouble];
      return { zh: `${zh}，${n} 秒后重试`, en: `${en}; again in ${n} s` };
    }
    case "unsupported":
      return unsupported;
  }
}
