import {
  nextPlayback,
  openPlayback,
  type Playback,
  type Signal,
} from "./playback.ts";
import type { Attach, Detach, Stream } from "./source.ts";
import { playableUrl } from "./source.ts";

export interface Player {
  /** Frees decoder, connection and timers; the last state is `closed`. */
  close(): void;
}

export interface PlayerOptions {
  onState(state: Playback): void;
  /** Plays HLS through Media Source Extensions even where the browser knows it. */
  preferHlsJs?: boolean;
}

const TICK = 500;

const native: () => Promise<Attach> = async () =>
  (await import("./mp4.ts")).attachNative;

/** hls.js weighs more than the rest of a tile, so only those who need it load it. */
const mediaSource: () => Promise<Attach | null> = async () => {
  const { attachHls, hlsSupported } = await import("./hls.ts");
  return hlsSupported() ? attachHls : null;
};

const playsHls = (video: HTMLVideoElement) =>
  video.canPlayType("application/vnd.apple.mpegurl") !== "";

/**
 * Who plays this stream in this browser; null is nobody. A browser that says it
 * knows HLS may still fail at it, so every second attempt is the other way.
 */
async function attachFor(
  video: HTMLVideoElement,
  stream: Stream,
  attempt: number,
  preferHlsJs: boolean,
): Promise<Attach | null> {
  switch (stream.kind) {
    case "mp4":
      return native();
    case "hls": {
      const knows = playsHls(video);
      const nativeTurn = knows && (attempt % 2 === 1) !== preferHlsJs;
      if (nativeTurn) return native();
      return (await mediaSource()) ?? (knows ? native() : null);
    }
    case "flv":
    case "whep":
    case "snapshot":
      return null;
  }
}

/**
 * Plays a stream in an element and keeps trying for as long as it is open:
 * back-off on failure, `frozen` when the picture stands still. The element is
 * made silent and looping (a clip stands for a live camera in demos).
 */
export function openPlayer(
  video: HTMLVideoElement,
  stream: Stream,
  options: PlayerOptions,
): Player {
  let state: Playback = openPlayback(performance.now());
  let detach: Detach | null = null;
  let lastTime = -1;

  video.muted = true;
  video.playsInline = true;
  video.loop = true;
  video.autoplay = true;

  function signal(told: Signal): void {
    const next = nextPlayback(state, told, performance.now(), Math.random());
    if (next === state) return;
    const changed = next.phase !== state.phase;
    state = next;
    if (!changed) return;
    if (next.phase === "opening") void attach();
    else if (next.phase !== "playing" && next.phase !== "frozen") release();
    options.onState(next);
  }

  function release(): void {
    detach?.();
    detach = null;
    lastTime = -1;
  }

  async function attach(): Promise<void> {
    const mine = state;
    const url = playableUrl(stream.url, document.baseURI);
    const current = () => state === mine;
    try {
      const chosen =
        url !== null && mine.phase === "opening"
          ? await attachFor(
              video,
              stream,
              mine.attempt,
              options.preferHlsJs ?? false,
            )
          : null;
      if (!current()) return;
      if (!chosen || url === null) return signal({ type: "unsupported" });
      const undo = await chosen(video, url, (trouble) =>
        signal({ type: "failed", trouble }),
      );
      if (!current()) return undo();
      detach = undo;
      await video.play();
    } catch {
      // A refused autoplay or a lost chunk: the clock above notices and tries again.
      if (current()) signal({ type: "failed", trouble: "network" });
    }
  }

  const timer = setInterval(() => {
    if (
      !video.paused &&
      video.currentTime !== lastTime &&
      video.readyState >= 2
    ) {
      lastTime = video.currentTime;
      signal({ type: "advanced" });
    } else signal({ type: "tick" });
  }, TICK);

  options.onState(state);
  void attach();

  return {
    close() {
      clearInterval(timer);
      signal({ type: "close" });
    },
  };
}
