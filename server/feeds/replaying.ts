/** Which quarantined messages are being replayed: each by one replay at a time. */

/** Somebody else replays them, or has: 409. */
export class ReplayConflict extends Error {
  readonly status = 409;
}

export class Replaying {
  /** Per feed what its replays took: ids, or null for all. */
  readonly #taken = new Map<string, Set<ReadonlySet<string> | null>>();

  /** Runs a replay of some entries, or of all. @throws ReplayConflict */
  async run<T>(
    feedId: string,
    ids: readonly string[] | undefined,
    replay: () => Promise<T>,
  ): Promise<T> {
    const taken = this.#taken.get(feedId) ?? new Set();
    this.#taken.set(feedId, taken);
    for (const others of taken)
      if (!ids || !others || ids.some((id) => others.has(id)))
        throw new ReplayConflict(
          `messages of ${feedId} are being replayed: look again when that has ended`,
        );
    const mine = ids ? new Set(ids) : null;
    taken.add(mine);
    try {
      return await replay();
    } finally {
      taken.delete(mine);
      if (taken.size === 0) this.#taken.delete(feedId);
    }
  }
}
