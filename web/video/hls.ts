import Hls, { type ErrorData } from "hls.js/light";
import type { Trouble } from "./playback.ts";
import { type Attach, empty } from "./source.ts";

/** A pane shows now, not the past: keep little, and jump to the edge when behind. */
const CONFIG = {
  backBufferLength: 10,
  maxBufferLength: 15,
  liveMaxLatencyDurationCount: 6,
  liveSyncDurationCount: 2,
  enableWorker: true,
  // The player above retries with back-off; two layers of retries would multiply.
  manifestLoadPolicy: policy(1),
  playlistLoadPolicy: policy(2),
  fragLoadPolicy: policy(2),
};

function policy(tries: number) {
  const retry = {
    maxNumRetry: tries,
    retryDelayMs: 500,
    maxRetryDelayMs: 2_000,
  };
  return {
    default: {
      maxTimeToFirstByteMs: 8_000,
      maxLoadTimeMs: 15_000,
      timeoutRetry: retry,
      errorRetry: retry,
    },
  };
}

export const hlsSupported = (): boolean => Hls.isSupported();

/** HLS through Media Source Extensions. */
export const attachHls: Attach = (video, url, fail) => {
  const hls = new Hls(CONFIG);
  let recovered = false;
  hls.on(Hls.Events.ERROR, (_event, data) => {
    if (!data.fatal) return;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !recovered) {
      recovered = true;
      hls.recoverMediaError();
      return;
    }
    fail(troubleOfHls(data));
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => {
    hls.destroy();
    empty(video);
  };
};

function troubleOfHls(data: ErrorData): Trouble {
  if (data.response?.code === 404) return "notFound";
  return data.type === Hls.ErrorTypes.NETWORK_ERROR ? "network" : "decode";
}
