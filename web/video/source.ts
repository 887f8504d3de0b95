import type { Camera } from "../../contract/camera.ts";
import type { Trouble } from "./playback.ts";

export type Stream = NonNullable<Camera["stream"]>;

/** Stops feeding the video element and lets go of everything it held. */
export type Detach = () => void;

/** Feeds a stream into a video element; `fail` may be called at any time until detached. */
export type Attach = (
  video: HTMLVideoElement,
  url: string,
  fail: (trouble: Trouble) => void,
) => Detach | Promise<Detach>;

/** The browser's own media errors in our words. */
export function troubleOf(error: MediaError | null): Trouble {
  switch (error?.code) {
    case MediaError.MEDIA_ERR_NETWORK:
      return "network";
    case MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED:
      return "notFound";
    default:
      return "decode";
  }
}

/**
 * The address a player may open, or null. Camera records come from strangers,
 * so only http(s) passes: never `javascript:`, `data:` or `blob:`.
 */
export function playableUrl(url: string, base: string): string | null {
  if (!URL.canParse(url, base)) return null;
  const { protocol, href } = new URL(url, base);
  return protocol === "http:" || protocol === "https:" ? href : null;
}

/** Takes the stream off an element so that decoder and connection are freed at once. */
export function empty(video: HTMLVideoElement): void {
  video.removeAttribute("src");
  video.load();
}
