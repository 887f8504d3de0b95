/** hls.js ships its types only for the full build; the light one is the same without subtitles, DRM and alternate audio. */
declare module "hls.js/light" {
  export * from "hls.js";
  export { default } from "hls.js";
}
