/** Whether this browser draws WebGL2 at all; asked once, because each answer costs a context. */
export const drawsWebGl: () => boolean = (() => {
  let known: boolean | null = null;
  return () => (known ??= ask());
})();

function ask(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  // The context is freed now, not when the page's garbage is taken out.
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null;
}

/** Wait before a map that lost its context is built anew, by losses in the last ten minutes, ms. */
export const nextPatience = (losses: number): number =>
  Math.min(60_000, 500 * 2 ** Math.max(0, losses - 1));
