/** Aborts when the process is asked to end, or when the launcher that started it is gone. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => stop.abort(new Error(`stopped by ${name}`)));
  process.once("disconnect", () =>
    stop.abort(new Error("the launcher is gone")),
  );
  // Waiting for its word keeps nobody alive.
  process.channel?.unref();
  return stop.signal;
}
