/**
 * P9: a list page, a search and one incident among a million, asked of a real
 * hub over HTTP; and the counts of what is open; `--small` asks twenty thousand.
 */
import { builtProgram } from "../test/kit/built.ts";
import { openFollower } from "../test/kit/follower.ts";
import { DISTRICTS } from "../test/kit/city.ts";
import { startHub, type Hub } from "../test/kit/hub.ts";
import { BENCH_CITY } from "./city.ts";
import { MANY_LINES, WORDS } from "./load/incidents.ts";
import { keptYear } from "./load/kept-year.ts";
import { cpuOf, percentile, report, small } from "./measure.ts";

const TIMES = small ? 20 : 200;
const WARM_UP = 3;
const NOWHERE = encodeURIComponent(WORDS.none);

const year = await keptYear("p9");
// Built before the start is timed.
builtProgram("main");
const begun = performance.now();
const hub = await startHub({ city: BENCH_CITY, dataDir: year.dataDir });
report("p9", "start to ready", performance.now() - begun, "ms");
try {
  await measureAll(hub);
} finally {
  await hub.stop();
  await year.remove();
}

interface Page {
  items: { id: string; number: string; reportedAt: number }[];
  cursor: string | null;
}

async function measureAll(hub: Hub): Promise<void> {
  const list = (query: Record<string, string | number> = {}) =>
    `/api/incidents?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)])).toString()}`;
  const page = (query?: Record<string, string | number>) =>
    hub.ask<Page>(list(query));
  const [newest] = (await page()).items;
  const now = newest!.reportedAt;
  const middle = now - 180 * 86_400_000;
  const deep = await page({ to: middle, limit: 1 });
  const old = deep.items[0]!;
  const department = await hub.signIn("deptHandler");
  const district = await hub.signIn("gridWorker");
  const { west } = DISTRICTS;

  const pages: [string, string, string?][] = [
    ["unfiltered", list()],
    ["deep cursor", list({ cursor: deep.cursor! })],
    ["of a district", list({ district: west.code })],
    ["of a common status", list({ status: "closed" })],
    ["of a rare status", list({ status: "checking" })],
    ["open, of a priority", list({ open: "true", priority: 1 })],
    [
      "of five filters",
      list({
        ...{ status: "voided", priority: 4, source: "ai" },
        // Of twenty thousand hardly any is all of it.
        ...(!small && { category: "matter7", district: west.code }),
      }),
    ],
    ["of a span of a day", list({ from: middle - 86_400_000, to: middle })],
    ["of a department's scope", list(), department],
    ["of a department's scope, status", list({ status: "voided" }), department],
    ["of a district's scope", list(), district],
  ];
  for (const [name, path, cookie] of pages)
    await measure(hub, `list ${name}`, path, cookie);

  const searches: [string, string, string?][] = [
    ["common word", list({ search: WORDS.common })],
    ["several words", list({ search: `${WORDS.several} 存在安全隐患` })],
    ["rare word", list({ search: WORDS.rare })],
    ["no such word", list({ search: WORDS.none })],
    ["number", list({ search: old.number })],
    ["beginning of a number", list({ search: old.number.slice(0, -4) })],
    [
      "common word, filtered",
      list({ search: WORDS.common, status: "voided", priority: 2 }),
    ],
    ["common word, in a scope", list({ search: WORDS.common }), department],
    ["rare word, in a scope", list({ search: WORDS.rare }), district],
  ];
  for (const [name, path, cookie] of searches)
    await measure(hub, `search ${name}`, path, cookie);

  await measure(hub, "open", `/api/incidents/${old.id}`);
  await measure(
    hub,
    `open with ${MANY_LINES} lines`,
    `/api/incidents/${year.long}`,
  );
  await counts(hub);
}

async function measure(
  hub: Hub,
  name: string,
  path: string,
  asking?: string,
): Promise<void> {
  const cookie = asking ?? (await hub.signIn());
  const { items } = await hub.ask<Partial<Page>>(path, { cookie });
  // A page of nothing is found at once and says nothing.
  if (items?.length === 0 && !path.includes(NOWHERE))
    throw new Error(`${name}: nothing was found`);
  for (let i = 0; i < WARM_UP; i++) await hub.ask(path, { cookie });
  const took: number[] = [];
  const used = cpuOf(hub.pid);
  for (let i = 0; i < TIMES; i++) {
    const before = performance.now();
    await hub.ask(path, { cookie });
    took.push(performance.now() - before);
  }
  const cpu = (cpuOf(hub.pid) - used) / TIMES;
  report("p9", `${name}, CPU of the hub`, cpu, "ms");
  for (const p of [50, 99])
    report("p9", `${name}, p${p}`, percentile(took, p), "ms");
}

/** What a desk waits for that begins to follow the counts of what is open. */
async function counts(hub: Hub): Promise<void> {
  const took: number[] = [];
  let items = 0;
  for (let i = 0; i < (small ? 5 : 50); i++) {
    const follower = await openFollower(hub.url, await hub.signIn());
    const before = performance.now();
    items = (await follower.follow("incidentCounts", {})).items.size;
    took.push(performance.now() - before);
    follower.close();
  }
  report("p9", "counts of what is open", items, "items");
  report("p9", "counts of what is open, p99", percentile(took, 99), "ms");
}
