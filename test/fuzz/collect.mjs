// Loaded into the hub before its own code (node --expose-gc --import): on
// SIGUSR2 it collects garbage and writes what is left, so that the heap can be
// judged without a door for it.
process.on("SIGUSR2", () => {
  globalThis.gc();
  globalThis.gc();
  process.stderr.write(
    `heap after collection: ${process.memoryUsage().heapUsed}\n`,
  );
});
