/**
 * Child processes whose life is tied to ours: even a test run that is killed
 * leaves no server behind.
 */
import { spawn } from "node:child_process";

export interface Child {
  pid: number;
  /** Everything it wrote so far, both streams (the last 256 KiB). */
  output(): string;
  /** Resolves with the first match in what it wrote; rejects if it exits before. */
  wrote(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when it has ended, with its exit code (null: by a signal). */
  exited: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** Sends `name` (SIGTERM), after `patience` ms (10 s) SIGKILL; resolves with its exit code when it is gone. */
  stop(name?: NodeJS.Signals, patience?: number): Promise<number | null>;
}

export interface ChildOptions {
  /** Added to our own environment; undefined removes. */
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** Runs as this user where we may change it. */
  user?: { uid: number; gid: number };
}

const KEPT_OUTPUT = 256 * 1024;

export function startChild(
  command: string,
  args: string[],
  options: ChildOptions = {},
): Child {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
    ...options.user,
  });
  let output = "";
  let ended = false;
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    tell();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);

  const exited = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      output += `${command} could not be started: ${error.message}\n`;
      finish(null);
    });
    child.once("close", finish);
    function finish(code: number | null) {
      ended = true;
      resolve(code);
      tell();
    }
  });
  if (child.pid !== undefined) tieToUs(child.pid, exited);

  return {
    pid: child.pid ?? -1,
    output: () => output,
    exited,
    wrote: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (!match && !ended) return;
          listeners.delete(look);
          if (match) resolve(match);
          else
            reject(
              new Error(
                `${command} ended before it wrote ${String(pattern)}:\n${output}`,
              ),
            );
        };
        listeners.add(look);
        look();
      }),
    signal: (name) => void child.kill(name),
    stop: async (name = "SIGTERM", patience = 10_000) => {
      const last = setTimeout(() => child.kill("SIGKILL"), patience);
      child.kill(name);
      const code = await exited;
      clearTimeout(last);
      return code;
    },
  };
}

/**
 * A shell that waits for the end of a pipe we hold: when we die, however we
 * die, the pipe closes and the shell kills the child.
 */
function tieToUs(pid: number, exited: Promise<unknown>): void {
  const watch = spawn(
    "sh",
    ["-c", `read -r _; kill -KILL ${pid} 2>/dev/null`],
    { stdio: ["pipe", "ignore", "ignore"], detached: true },
  );
  watch.unref();
  watch.stdin.on("error", () => undefined);
  void exited.then(() => watch.kill("SIGKILL"));
}
