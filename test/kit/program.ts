/**
 * A program of ours in a process of its own, so that a sender or a floor does
 * not share a thread with what measures it. Parent: `startProgram(file)`, then
 * `call(name, ask)`. Child: `answer({ name: (ask) => result })`.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

// The commands' own types are kept by `Program<typeof commands>`.
type Command = (ask: never) => unknown;
export type Commands = Record<string, Command>;

export interface Program<C extends Commands> {
  pid: number;
  call<N extends keyof C & string>(
    name: N,
    ...ask: Parameters<C[N]>
  ): Promise<Awaited<ReturnType<C[N]>>>;
  stop(): Promise<void>;
}

interface Call {
  id: number;
  name: string;
  ask: unknown;
}
interface Reply {
  id: number;
  result?: unknown;
  error?: string;
}

/** @param file URL of a TypeScript file that calls `answer`. */
export function startProgram<C extends Commands>(
  file: URL,
  options: { nodeFlags?: string[] } = {},
): Program<C> {
  const child = fork(fileURLToPath(file), {
    execArgv: [
      "--import",
      import.meta.resolve("tsx"),
      ...(options.nodeFlags ?? []),
    ],
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  let calls = 0;
  child.on("message", (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  const ended = new Promise<void>((resolve) =>
    child.once("exit", (code) => {
      for (const [id, settle] of waiting)
        settle({ id, error: `${file.pathname} ended (${code})` });
      waiting.clear();
      resolve();
    }),
  );
  return {
    pid: child.pid!,
    call: (name, ...[ask]) =>
      new Promise((resolve, reject) => {
        const id = calls++;
        waiting.set(id, (reply) =>
          reply.error === undefined
            ? resolve(reply.result as never)
            : reject(new Error(reply.error)),
        );
        child.send({ id, name, ask } satisfies Call);
      }),
    stop: async () => {
      child.disconnect();
      const last = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await ended;
      clearTimeout(last);
    },
  };
}

/** The child's side; ends the process when its parent is gone. */
export function answer(commands: Commands): void {
  process.on("message", ({ id, name, ask }: Call) => {
    Promise.resolve()
      .then(() => commands[name]!(ask as never))
      .then(
        (result): Reply => ({ id, result }),
        (error: unknown): Reply => ({
          id,
          error: error instanceof Error ? (error.stack ?? "") : String(error),
        }),
      )
      .then((reply) => process.send?.(reply))
      .catch(() => process.exit(1));
  });
  process.on("disconnect", () => process.exit(0));
}
