/** All of Boston's recorded requests through their feed, against a count that knows nothing of us. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENDED } from "../../contract/incident-status.ts";
import { runReplay, writeReplayPack } from "../../mock-feeds/replay.ts";
import { keyOf } from "../kit/city.ts";
import { recordedData } from "../kit/data.ts";
import { makeFolder, type Folder } from "../kit/folder.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";

const from = recordedData();
const FEED = "boston-311";

interface Totals {
  rows: number;
  ids: number;
  open: number;
  closed: number;
  source: Record<string, number>;
  district: Record<string, number>;
}

function totals(): Totals {
  const script = join(import.meta.dirname, "boston-count.mjs");
  const file = join(from!, "311-boston", "boston-311-2015-01-02.csv.gz");
  const told = execFileSync(process.execPath, [script, file]);
  return JSON.parse(told.toString()) as Totals;
}

describe.skipIf(from === null)("Boston's requests of 2015", () => {
  let pack: Folder;
  let hub: Hub;
  let expected: Totals;
  beforeAll(async () => {
    expected = totals();
    pack = makeFolder("boston");
    await writeReplayPack(pack.path);
    hub = await startHub({ city: { cityDir: pack.path } });
    await runReplay({
      ...{ from: from!, hub: hub.url, speed: "max", only: ["boston"] },
      keys: { [FEED]: keyOf(FEED) },
    });
  });
  afterAll(async () => {
    await hub?.stop();
    await pack?.remove();
  });

  const ofFacet = async (facet: string) => {
    const follower = await openFollower(hub.url, await hub.signIn());
    const { items } = await follower.follow("incidentCounts", {});
    follower.close();
    const counted = [...items.values()].filter((item) => item.facet === facet);
    return Object.fromEntries(counted.map(({ value, open }) => [value, open]));
  };

  it("are as many on the dashboards, by every facet, as the file itself holds", async () => {
    expect(expected.rows).toBe(15_720);
    expect(await ofFacet("total")).toEqual({ all: expected.open });
    expect(await ofFacet("status")).toEqual({ reported: expected.open });
    expect(await ofFacet("source")).toEqual(expected.source);
    expect(await ofFacet("district")).toEqual(expected.district);
  });

  it("are as many after a restart", async () => {
    await hub.end();
    await hub.restart();
    expect(await ofFacet("source")).toEqual(expected.source);
    expect(await ofFacet("total")).toEqual({ all: expected.open });
  });

  it("are each in the list once, and the closed ones closed", async () => {
    const statuses = new Map<string, string>();
    let listed = 0;
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: Page = await hub.ask(
        `/api/incidents?feed=${FEED}&limit=500${cursor && `&cursor=${cursor}`}`,
      );
      for (const { externalId, status } of page.items)
        statuses.set(externalId, status);
      listed += page.items.length;
      cursor = page.cursor;
    }
    expect([listed, statuses.size]).toEqual([expected.rows, expected.ids]);
    const closed = [...statuses.values()].filter((status) =>
      ENDED.has(status as "closed"),
    );
    expect(closed).toHaveLength(expected.closed);
  });

  it("are found by a word of theirs, and by the beginning of their number", async () => {
    const found: Page = await hub.ask("/api/incidents?search=Snow%20Plow");
    expect(found.items.length).toBeGreaterThan(10);
    for (const { title, description } of found.items)
      expect(`${title} ${description}`).toMatch(/snow.*plow|plow.*snow/is);
    const { number } = found.items[0]!;
    const one: Page = await hub.ask(`/api/incidents?search=${number}`);
    expect(one.items.map((each) => each.number)).toEqual([number]);
  });
});

interface Page {
  items: {
    externalId: string;
    number: string;
    status: string;
    title: string;
    description: string;
  }[];
  cursor: string | null;
}
