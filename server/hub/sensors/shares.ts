/** What each system brought: every one has its share of what is kept (decisions B7). */
export class Shares {
  /** Series that no catalogue row names: what readings alone brought. */
  readonly undeclared: number[] = [];
  /** Series, declared or not. */
  readonly series: number[] = [];
  /** Sensors that a catalogue row names. */
  readonly registered: number[] = [];
  /** Metrics that its series were the first to have. */
  readonly coined: number[] = [];
  /** 1 = a series has the metric. */
  readonly #used = new Uint8Array(0x10000);

  /** A new one, which no catalogue row has named yet. */
  addSeries(system: number, metric: number): void {
    add(this.series, system, 1);
    add(this.undeclared, system, 1);
    if (this.#used[metric] === 1) return;
    this.#used[metric] = 1;
    add(this.coined, system, 1);
  }

  /** A catalogue row names a series that none named before. */
  declare(system: number): void {
    add(this.undeclared, system, -1);
  }

  /** @param more 1, or −1 where a sensor is no longer registered, or 0. */
  register(system: number, more: number): void {
    add(this.registered, system, more);
  }
}

function add(counts: number[], system: number, more: number): void {
  counts[system] = (counts[system] ?? 0) + more;
}
