/** What benches read from the machine, and how they print it. */
import { readdirSync, readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

export interface Figure {
  bench: string;
  figure: string;
  value: number;
  unit: string;
  /** The same figure of the floor in the same run; absent where there is none. */
  floor?: number;
  /** value / floor. */
  ratio?: number;
}

/** Prints one figure as one JSON line; with a floor also the ratio. */
export function report(
  bench: string,
  figure: string,
  value: number,
  unit: string,
  floor?: number,
): void {
  const line: Figure = { bench, figure, value: round(value), unit };
  if (floor !== undefined) {
    line.floor = round(floor);
    line.ratio = round(value / floor);
  }
  console.log(JSON.stringify(line));
}

/** Three significant digits are more than a shared machine can tell. */
const round = (value: number) => Number(value.toPrecision(4));

/** `npm run bench -- NAME --small`: seconds instead of minutes, to see that it works. */
export const small = process.argv.includes("--small");

export const seconds = (n: number) =>
  new Promise((resolve) => setTimeout(resolve, n * 1000));

/** Kernel ticks a second; 100 on every Linux there is. */
const TICKS = 100;

/** CPU time of a process and all its threads so far, ms. */
export function cpuOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The command's name may hold spaces: fields are counted after its bracket.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

/** CPU time of this process from now on, ms: on a shared machine it is steadier than the time on the wall. */
export function cpuSince(): () => number {
  const begun = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
}

/** Resident memory of a process and its children, bytes. */
export function memoryOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? NaN) * 1024;
  return childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), own);
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")
      .split(" ")
      .filter(Boolean)
      .map(Number),
  );
}

/** The value that `percent` % of the sorted or unsorted samples do not exceed. */
export function percentile(samples: number[], percent: number): number {
  if (samples.length === 0) return NaN;
  const sorted = Float64Array.from(samples).sort();
  const rank = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.max(0, rank)]!;
}

/** ms on a clock that all processes of this machine share and nobody sets. */
export const machineTime = () => Number(process.hrtime.bigint()) / 1e6;

/** How long this process kept its own timers waiting: a load that says 50 ms proves little about the hub. */
export function watchOwnDelay(): () => number {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  return () => delay.percentile(99) / 1e6;
}
