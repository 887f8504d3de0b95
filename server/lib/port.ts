/**
 * Questions and answers between threads: numbered calls over a MessagePort,
 * each answered once. Errors cross with their message and code.
 */
import type { MessagePort, Transferable, Worker } from "node:worker_threads";

type Doors = Record<string, (...args: never[]) => unknown>;
type End = MessagePort | Worker;

/** An answer whose buffers are handed over instead of copied. */
export class Moved<T> {
  readonly value: T;
  readonly transfer: Transferable[];
  constructor(value: T, transfer: Transferable[]) {
    this.value = value;
    this.transfer = transfer;
  }
}

type Answer<F> = F extends (...args: never[]) => infer R
  ? Awaited<R> extends Moved<infer T>
    ? T
    : Awaited<R>
  : never;

interface Call {
  id: number;
  door: string;
  args: unknown[];
}
type Reply =
  | { id: number; value: unknown }
  | { id: number; error: { message: string; code: string | undefined } };

/** An error told by the other thread. */
export class RemoteError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

export interface Caller<D extends Doors> {
  /** @throws RemoteError as the other side told it. */
  call<K extends keyof D & string>(
    door: K,
    args: Parameters<D[K]>,
    transfer?: Transferable[],
  ): Promise<Answer<D[K]>>;
  /** The other side is gone: everything open and everything later rejects. */
  fail(error: Error): void;
}

export function createCaller<D extends Doors>(end: End): Caller<D> {
  const open = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: Error) => void }
  >();
  let last = 0;
  let gone: Error | null = null;
  listen(end, (reply: Reply) => {
    const asked = open.get(reply.id);
    open.delete(reply.id);
    if ("error" in reply)
      asked?.reject(new RemoteError(reply.error.message, reply.error.code));
    else asked?.resolve(reply.value as never);
  });
  return {
    call: (door, args, transfer = []) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        const id = ++last;
        open.set(id, { resolve, reject });
        end.postMessage({ id, door, args } satisfies Call, transfer);
      }),
    fail(error) {
      gone ??= error;
      for (const asked of open.values()) asked.reject(error);
      open.clear();
    },
  };
}

/** Answers the calls that arrive at a port by the door they name. */
export function answerCalls(end: End, doors: Doors): void {
  listen(end, ({ id, door, args }: Call) => {
    void answer(doors[door]!, args).then(
      (answered) => {
        const { value, transfer } =
          answered instanceof Moved
            ? (answered as Moved<unknown>)
            : new Moved(answered, []);
        end.postMessage({ id, value }, transfer);
      },
      (error: Error & { code?: string }) =>
        end.postMessage({
          id,
          error: { message: error.message, code: error.code },
        }),
    );
  });
}

function listen<M>(end: End, heard: (message: M) => void): void {
  (end as MessagePort).on("message", heard);
}

async function answer(door: Doors[string], args: unknown[]): Promise<unknown> {
  return await door(...(args as never[]));
}
