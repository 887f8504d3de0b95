/** Does long work bit by bit: whatever waits gets its turn wherever the work gives way. */
export async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await new Promise((next) => setImmediate(next));
  }
}
