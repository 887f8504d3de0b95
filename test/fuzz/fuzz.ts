/** Sends mutated payloads through the public door and judges every answer (reliability.md, "Refuses"). */
import { createChance } from "../kit/chance.ts";
import { indicatorRow, type CityPlan } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { formats, type FuzzedFormat } from "./formats.ts";
import { createMutator, type Payload } from "./mutate.ts";

export interface FuzzPlan {
  /** Payloads per format. */
  payloads: number;
  seed: number;
  only?: string[];
  /** The heap is first judged after so many payloads of a format. */
  settled: number;
}

export interface FormatReport {
  format: string;
  payloads: number;
  /** Share that got past the parser to be judged item by item. */
  parsed: number;
  /** Answers by outcome: `200 all accepted`, `200 some rejected`, `422`, … */
  outcomes: Record<string, number>;
  /** Bytes after collection at `settled` and at the end. */
  heap: { settled: number; end: number };
  /** Answers that break a promise: no answer, 5xx, a refusal without path. */
  faults: string[];
}

/** The quarantine keeps so many per feed (decisions B7): payloads take turns over feeds, as departments do. */
const PER_FEED = 400;
const AT_ONCE = 8;

const feedId = (format: FuzzedFormat, n: number) =>
  `${format.id.replace(/[/.]/g, "-")}-${Math.floor(n / PER_FEED)}`;

function cityFor(chosen: FuzzedFormat[], payloads: number): CityPlan {
  const feeds = chosen.flatMap((format) =>
    Array.from({ length: Math.ceil(payloads / PER_FEED) }, (_, i) => ({
      id: feedId(format, i * PER_FEED),
      ...format.feed,
    })),
  );
  return {
    feeds,
    indicators: [
      indicatorRow({ id: "fuzz.value", source: "reported" }),
      indicatorRow({ id: "fuzz.mean", metric: "pm25", aggregate: "mean" }),
    ],
  };
}

export async function fuzz(plan: FuzzPlan): Promise<FormatReport[]> {
  const chosen = formats.filter(({ id }) => plan.only?.includes(id) ?? true);
  const hub = await startHub({
    city: cityFor(chosen, plan.payloads),
    nodeFlags: [
      "--expose-gc",
      "--import",
      new URL("./collect.mjs", import.meta.url).href,
    ],
    // Every refusal would be a line of log.
    env: { LOG_LEVEL: "error" },
  });
  try {
    const reports: FormatReport[] = [];
    for (const format of chosen)
      reports.push(await fuzzFormat(hub, format, plan));
    return reports;
  } finally {
    await hub.stop();
  }
}

async function fuzzFormat(
  hub: Hub,
  format: FuzzedFormat,
  plan: FuzzPlan,
): Promise<FormatReport> {
  const mutate = createMutator(format, createChance(plan.seed));
  const report: FormatReport = {
    format: format.id,
    payloads: plan.payloads,
    parsed: 0,
    outcomes: {},
    heap: { settled: 0, end: 0 },
    faults: [],
  };
  let next = 0;
  const upTo = async (end: number) => {
    const lane = async () => {
      while (next < end) {
        const n = next++;
        await one(hub, feedId(format, n), mutate(n), report, n);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  };
  await upTo(Math.min(plan.settled, plan.payloads));
  report.heap.settled = await heapOf(hub);
  await upTo(plan.payloads);
  report.heap.end = await heapOf(hub);
  report.parsed /= plan.payloads;
  return report;
}

interface Judged {
  accepted: number;
  rejected: number;
  rejections: { path?: unknown; message?: unknown }[];
}
interface Refused {
  title?: unknown;
  detail?: unknown;
  errors?: { path?: unknown; message?: unknown }[];
}

async function one(
  hub: Hub,
  feed: string,
  payload: Payload,
  report: FormatReport,
  n: number,
): Promise<void> {
  const fault = (what: string) => {
    if (report.faults.length < 20)
      report.faults.push(`payload ${n} (${payload.how}): ${what}`);
  };
  const count = (outcome: string) =>
    (report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1);
  try {
    const reply = await hub.post(feed, "", {
      body: Buffer.from(payload.body),
      headers: payload.headers,
    });
    const body: unknown = await reply.json();
    if (reply.status === 200) {
      const { accepted, rejected, rejections } = body as Judged;
      report.parsed++;
      count(
        rejected === 0
          ? "200 all accepted"
          : accepted > 0
            ? "200 some rejected"
            : "200 all rejected",
      );
      if (!rejections.every(hasPath))
        fault(`a rejection without path: ${JSON.stringify(body)}`);
      return;
    }
    count(String(reply.status));
    const { errors } = body as Refused;
    if (reply.status >= 500) fault(`${reply.status}: ${JSON.stringify(body)}`);
    // What cannot be parsed names the place; the envelope (413, 415, …) has none.
    else if (reply.status === 422 && !(errors?.length && errors.every(hasPath)))
      fault(`422 without path: ${JSON.stringify(body)}`);
  } catch (error) {
    count("no answer");
    fault(`no answer: ${String(error)}`);
  }
}

const hasPath = ({ path, message }: { path?: unknown; message?: unknown }) =>
  typeof path === "string" && typeof message === "string" && message !== "";

const HEAP = /heap after collection: (\d+)/g;

/** Heap in use after a collection, bytes. */
async function heapOf(hub: Hub): Promise<number> {
  const before = [...hub.output().matchAll(HEAP)].length;
  process.kill(hub.pid, "SIGUSR2");
  for (;;) {
    const told = [...hub.output().matchAll(HEAP)];
    if (told.length > before) return Number(told.at(-1)![1]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
