import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { balanced, printLedger, type Entry } from "./ledger.ts";
import { REPLAY_FEEDS } from "./pack.ts";
import { runReplay, type ReplayOptions, type SourceId } from "./run.ts";

const from =
  process.env["CHENGSHU_DATA"] ??
  resolve(import.meta.dirname, "../../../shared/data");

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Heard {
  feed: string;
  type: string;
  body: string;
}

/** A hub that judges `NA` as missing and refuses XML without a scope. */
async function hub(fail: (n: number) => number | null = () => null) {
  const heard: Heard[] = [];
  let n = 0;
  server = createServer((request, reply) => {
    const packed = request.headers["content-encoding"] === "gzip";
    void text(packed ? request.pipe(createGunzip()) : request).then((body) => {
      const status = fail(n++);
      if (status !== null) {
        reply.statusCode = status;
        return reply.end();
      }
      const feed = request.url!.split("/").at(-1)!;
      const type = request.headers["content-type"]!;
      heard.push({ feed, type, body });
      if (type === "application/cap+xml" && !body.includes("<scope>")) {
        reply.statusCode = 422;
        return reply.end(JSON.stringify({ detail: "scope is missing" }));
      }
      const items: unknown = type.endsWith("json") ? JSON.parse(body) : [body];
      const all = items as { value?: unknown }[];
      const missing = all.filter(({ value }) => value === "NA").length;
      reply.end(JSON.stringify({ accepted: all.length - missing, missing }));
    });
  });
  await new Promise<void>((done) => server!.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const items = (feed: string) =>
    heard
      .filter((one) => one.feed === feed)
      .flatMap(({ body }) => JSON.parse(body) as Record<string, unknown>[]);
  return { url: `http://127.0.0.1:${port}`, heard, items };
}

const keys = Object.fromEntries(REPLAY_FEEDS.map((feed) => [feed, "key"]));

const replay = (
  url: string,
  only: SourceId[],
  more: Partial<ReplayOptions> = {},
) =>
  runReplay({ from, hub: url, keys, speed: "max", limit: 50, only, ...more });

const entry = (entries: Entry[], feed: string) =>
  entries.find((one) => one.feed === feed)!;

const absent = !existsSync(join(from, "README.md"));

describe.skipIf(absent)("a replay", { timeout: 60_000 }, () => {
  it("accounts for every value of the Beijing files, NA as missing", async () => {
    const { url, items } = await hub();
    const ledger = entry(
      await replay(url, ["beijing"], { limit: 400 }),
      "bj-air",
    );
    expect(ledger).toMatchObject({ rows: 8 * 400, sent: 8 * 400 * 12 });
    const values = items("bj-air").map(({ value }) => value);
    const missing = values.filter((value) => value === "NA").length;
    expect(missing).toBeGreaterThan(0);
    expect(ledger).toMatchObject({
      accepted: values.length - missing,
      missing,
      rejected: 0,
    });
    expect(balanced(ledger)).toBe(true);
  });

  it("reads Beijing's hours as Beijing's, and carbon monoxide in mg/m³", async () => {
    const { url, items } = await hub();
    await replay(url, ["beijing"], { limit: 1 });
    const tiantan = items("bj-air").filter(
      ({ sensor }) => sensor === "Tiantan",
    );
    expect(tiantan).toContainEqual({
      sensor: "Tiantan",
      metric: "co",
      at: Date.parse("2013-03-01T00:00:00+08:00"),
      value: 0.3,
    });
    expect(tiantan).toContainEqual({
      sensor: "Tiantan",
      metric: "windDirection",
      at: Date.parse("2013-03-01T00:00:00+08:00"),
      value: 337.5,
    });
  });

  it("keeps each sensor's readings in order while several requests fly", async () => {
    const { url, items } = await hub();
    await replay(url, ["beijing", "metr"], { limit: 300 });
    const last = new Map<string, number>();
    const disordered: string[] = [];
    for (const feed of ["bj-air", "la-loops"])
      for (const { sensor, metric, at } of items(feed)) {
        const series = `${String(sensor)}/${String(metric)}`;
        if (Number(at) <= (last.get(series) ?? 0)) disordered.push(series);
        last.set(series, Number(at));
      }
    expect(disordered).toEqual([]);
    expect(last.size).toBe(8 * 12 + 156);
  });

  it("sends 156 loops in steps of five minutes from the first of March", async () => {
    const { url, items } = await hub();
    const entries = await replay(url, ["metr"], { limit: 3 });
    expect(entry(entries, "la-stations")).toMatchObject({ accepted: 156 });
    expect(entry(entries, "la-loops")).toMatchObject({
      rows: 3,
      sent: 3 * 156,
      accepted: 3 * 156,
    });
    const times = new Set(items("la-loops").map(({ at }) => at));
    const first = Date.parse("2012-03-01T00:00:00-08:00");
    expect([...times]).toEqual([first, first + 300_000, first + 600_000]);
  });

  it("gives Boston's requests Boston's time and no place where there was none", async () => {
    const { url, items } = await hub();
    await replay(url, ["boston"], { limit: 50 });
    const requests = items("boston-311");
    expect(requests).toHaveLength(50);
    expect(requests[0]).toMatchObject({
      externalId: "101001240735",
      source: "citizenSnap",
      title: "Street Light Outages",
      reportedAt: "2015-01-01T00:25:23.000-05:00",
      closedAt: "2015-01-02T16:17:43.000-05:00",
      lng: -71.0944,
      lat: 42.3474,
    });
    const heat = requests.find(
      ({ externalId }) => externalId === "101001240754",
    );
    expect(heat).toBeDefined();
    expect(heat).not.toHaveProperty("lat");
  });

  it("sends CAP files byte by byte and books the refused with their reason", async () => {
    const { url, heard } = await hub();
    const entries = await replay(url, ["cap"]);
    const google = entry(entries, "cap-google");
    expect(google).toMatchObject({ rows: 16, sent: 16 });
    expect(google.rejected).toBeGreaterThan(0);
    expect(Object.keys(google.reasons)).toEqual([
      "the hub answered 422: scope is missing",
    ]);
    expect(balanced(google)).toBe(true);
    expect(entry(entries, "cap-oasis")).toMatchObject({ accepted: 4 });
    expect(heard.every(({ type }) => type === "application/cap+xml")).toBe(
      true,
    );
  });

  it("sends London's cameras without any address outside", async () => {
    const { url, heard, items } = await hub();
    await replay(url, ["cameras"], { limit: Infinity });
    expect(items("london-cameras")).toHaveLength(900);
    expect(
      items("london-cameras").filter(({ online }) => online === false),
    ).toHaveLength(161);
    expect(heard.some(({ body }) => body.includes("http"))).toBe(false);
  });

  it("counts a request that had to be sent again, and loses nothing", async () => {
    const { url } = await hub((n) => (n === 2 ? 503 : null));
    const entries = await replay(url, ["metr"], { limit: 20 });
    const loops = entry(entries, "la-loops");
    expect(loops).toMatchObject({ accepted: 20 * 156, resent: 1 });
  });

  it("plays everything at a pace too, in the order of time", async () => {
    const { url, items } = await hub();
    const entries = await replay(url, ["metr"], { limit: 4, speed: 6000 });
    expect(entry(entries, "la-loops").accepted).toBe(4 * 156);
    const times = items("la-loops").map(({ at }) => at as number);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it("prints one line of JSON for each feed and a table", async () => {
    const { url } = await hub();
    const text = printLedger(await replay(url, ["cap"]));
    const [first = ""] = text.split("\n");
    expect(JSON.parse(first)).toMatchObject({ feed: "cap-google", rows: 16 });
    expect(text).toMatch(/feed +rows +sent +accepted +duplicates +missing/);
  });

  it("ends with a sentence where a key is refused", async () => {
    const { url } = await hub(() => 401);
    await expect(replay(url, ["metr", "cap"])).rejects.toThrow(
      /feed la-stations: the hub answered 401/,
    );
  });
});
