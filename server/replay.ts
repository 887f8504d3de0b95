/**
 * `npm run replay -- --from DIR --speed max|N`: recorded files through the
 * same doors, into a hub and a city pack of its own (decisions B5).
 */
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { launch, mockFeeds } from "./launch.ts";
import { root } from "./lib/root.ts";

const args = process.argv.slice(2);
const fresh = args.includes("--fresh");
const dataDir = resolve(
  process.env["DATA_DIR"] ?? join(root, "data"),
  "replay",
);
if (fresh) await rm(dataDir, { recursive: true, force: true });

await launch({
  name: "录制数据回放 Replay of recorded data",
  dataDir,
  city: (dir) => [mockFeeds("replay-pack"), dir],
  feeds: ({ hub, keys }) => [
    mockFeeds("replay"),
    ...["--hub", hub, "--keys", keys],
    ...args.filter((arg) => arg !== "--fresh"),
  ],
  once: true,
});
