import { type Attach, empty, troubleOf } from "./source.ts";

/** Whatever the browser plays by itself: MP4, and HLS where it knows it. */
export const attachNative: Attach = (video, url, fail) => {
  const onError = () => fail(troubleOf(video.error));
  video.addEventListener("error", onError);
  video.src = url;
  return () => {
    video.removeEventListener("error", onError);
    empty(video);
  };
};
