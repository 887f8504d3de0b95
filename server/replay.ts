/**
 * `npm run replay -- --from DIR --speed max|N`: recorded files through the
 * same doors, into a hub and a city pack of its own (decisions B5).
 */
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { launchConfig } from "./config.ts";
import { launch, mockFeeds } from "./launch.ts";

const args = process.argv.slice(2);
const fresh = args.includes("--fresh");
const dataDir = resolve(launchConfig().dataDir, "replay");
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
