import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Folder } from "../kit/folder.ts";
import { buildHouse, ROOT } from "./house.ts";

/** One planted import per fence: [rule, the file that trespasses, what it imports]. */
const planted: [rule: string, file: string, from: string][] = [
  ["no-cycles", "web/ui/egg.ts", "./hen.ts"],
  ["no-missing", "web/ui/map-of-nowhere.ts", "./atlantis.ts"],
  ["no-lost-property-rooms", "web/ui/button.ts", "./utils/odds.ts"],
  ["contract-knows-only-zod", "contract/bridge.ts", "express"],
  ["server-never-web", "server/http/page.ts", "../../web/ui/clock.ts"],
  ["web-never-server", "web/live/short-cut.ts", "../../server/lib/clock.ts"],
  ["hub-is-pure", "server/hub/diary.ts", "../store/store.ts"],
  ["hub-runs-nothing-of-lib", "server/hub/watch.ts", "../lib/clock.ts"],
  ["feeds-know-no-hub", "server/feeds/gossip.ts", "../hub/sensors.ts"],
  [
    "transports-know-no-formats",
    "server/feeds/transports/pigeon.ts",
    "../formats/cap.ts",
  ],
  [
    "formats-know-no-transports",
    "server/feeds/formats/letter.ts",
    "../transports/mqtt.ts",
  ],
  ["push-knows-no-hub", "server/push/ear.ts", "../hub/sensors.ts"],
  ["lib-stands-alone", "server/lib/news.ts", "../../contract/reading.ts"],
  ["mock-feeds-stand-alone", "mock-feeds/spy.ts", "../contract/reading.ts"],
  ["no-node-in-web", "web/ui/disk.ts", "node:fs"],
  ["drivers-only-in-store", "server/http/sql.ts", "better-sqlite3"],
  ["charts-only-in-chart", "web/widgets/pie/pie.ts", "echarts/core"],
  ["maps-only-in-map", "web/wall/globe.ts", "maplibre-gl"],
  ["players-only-in-video", "web/widgets/film/film.ts", "hls.js"],
  ["sockets-only-at-the-ends", "web/widgets/wire/wire.ts", "socket.io-client"],
  ["widgets-know-no-widgets", "web/widgets/twin/twin.ts", "../gauge/schema.ts"],
  ["surfaces-know-no-surfaces", "web/desk/window.ts", "../wall/frame.ts"],
];

/** The same roads, walked as they are meant to be. */
const welcome: [file: string, from: string][] = [
  ["contract/reading.ts", "zod"],
  ["server/hub/sensors.ts", "../../contract/reading.ts"],
  ["server/hub/formula.ts", "@marcbachmann/cel-js"],
  ["server/store/store.ts", "better-sqlite3"],
  ["server/feeds/formats/cap.ts", "../../../contract/reading.ts"],
  ["server/feeds/transports/mqtt.ts", "../../lib/clock.ts"],
  ["web/chart/theme.ts", "echarts/core"],
  ["web/map/layer.ts", "maplibre-gl"],
  ["web/video/player.ts", "hls.js"],
  ["web/live/connect.ts", "socket.io-client"],
  ["web/widgets/gauge/gauge.ts", "./schema.ts"],
  ["web/widgets/gauge/schema.ts", "../../ui/clock.ts"],
  ["web/wall/frame.ts", "../ui/clock.ts"],
];

const nothing = "export const nothing = 0;\n";
const importing = (from: string) => `import "${from}";\n${nothing}`;

interface Violation {
  rule: { name: string };
  from: string;
}

/** Runs the fences over a house, as `npm run check` does. */
async function violations(house: Folder): Promise<Violation[]> {
  const folders = ["contract", "server", "web", "mock-feeds"];
  const output = await new Promise<string>((resolve) =>
    execFile(
      process.execPath,
      [
        join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
        ...["--config", ".dependency-cruiser.cjs", "--output-type", "json"],
        ...folders,
      ],
      { cwd: house.path, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout) => resolve(stdout),
    ),
  );
  const report = JSON.parse(output) as { summary: { violations: Violation[] } };
  return report.summary.violations;
}

describe("the fences of the house", () => {
  let house: Folder;
  let found: Violation[];
  beforeAll(async () => {
    house = buildHouse({
      "web/ui/clock.ts": nothing,
      "web/ui/hen.ts": importing("./egg.ts"),
      "web/ui/utils/odds.ts": nothing,
      "server/lib/clock.ts": nothing,
      ...Object.fromEntries(
        welcome.map(([file, from]) => [file, importing(from)]),
      ),
      ...Object.fromEntries(
        planted.map(([, file, from]) => [file, importing(from)]),
      ),
    });
    found = await violations(house);
  }, 60_000);
  afterAll(() => house.remove());

  it.each(planted)("%s: %s may not import %s", (rule, file) => {
    expect(found.map((v) => [v.rule.name, v.from])).toContainEqual([
      rule,
      file,
    ]);
  });

  it("let honest neighbours pass", () => {
    const honest = new Set(welcome.map(([file]) => file));
    expect(found.filter((v) => honest.has(v.from))).toEqual([]);
  });

  it("have no rule without a planted trespasser", () => {
    const { forbidden } = createRequire(import.meta.url)(
      join(ROOT, ".dependency-cruiser.cjs"),
    ) as { forbidden: { name: string }[] };
    expect(planted.map(([rule]) => rule).sort()).toEqual(
      forbidden.map((rule) => rule.name).sort(),
    );
  });
});
