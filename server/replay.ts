/**
 * `npm run replay -- --from DIR --speed max|N`: recorded files through the
 * same doors, into a hub and a city pack of its own (decisions B5).
 */
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { launchConfig } from "./config.ts";
import { asked, launch, mockFeeds } from "./launch.ts";

const args = process.argv.slice(2).filter((arg) => arg !== "--fresh");
const fresh = process.argv.includes("--fresh");
// A wrong word is told before a hub starts and before anything is removed.
const refused = await asked([mockFeeds("replay"), ...args, "--check"]);
if (refused) process.exit(refused);
const dataDir = resolve(launchConfig().dataDir, "replay");
if (fresh) await rm(dataDir, { recursive: true, force: true });

await launch({
  name: "录制数据回放 Replay of recorded data",
  dataDir,
  city: (dir) => [mockFeeds("replay-pack"), dir],
  feeds: ({ hub, keys }) => [
    mockFeeds("replay"),
    ...["--hub", hub, "--keys", keys],
    ...args,
  ],
  once: true,
});
