/** A feed's way to the hub, whatever the protocol: says it until it is taken. */
export interface Sender {
  /** Takes items into the outbox; never blocks, never throws. */
  send(items: readonly unknown[]): void;
  /** Resolves when every item handed over was acknowledged, refused or dropped. */
  settled(): Promise<void>;
  /** Gives up what is left and closes the connection. */
  close(): Promise<void>;
  readonly count: SenderCount;
}

export interface SenderCount {
  /** In the outbox or on the way. */
  waiting: number;
  acknowledged: number;
  /** Refused by the hub for good. */
  refused: number;
  /** Gone because the outbox was full. */
  dropped: number;
}

/** Resolves `settled` callers when a sender has nothing left to do. */
export function createIdleSignal() {
  let waiting: (() => void)[] = [];
  return {
    reached(): void {
      const all = waiting;
      waiting = [];
      for (const resolve of all) resolve();
    },
    promise: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
}
