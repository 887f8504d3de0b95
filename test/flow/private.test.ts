/** What the hub keeps can be read by its own user and nobody else. */
import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startHub } from "../kit/hub.ts";
import { FLOW_CITY, reading, told } from "./city.ts";

it("keeps its folder and every file in it to itself, and closes an open one at start", async () => {
  const hub = await startHub({ city: FLOW_CITY });
  const paths = () => [
    hub.dataDir,
    ...readdirSync(hub.dataDir).map((name) => join(hub.dataDir, name)),
  ];
  const modes = () =>
    Object.fromEntries(
      paths().map((path) => [
        path.slice(hub.dataDir.length + 1),
        (statSync(path).mode & 0o777).toString(8),
      ]),
    );
  const closed = {
    "": "700",
    attachments: "700",
    "audit-anchor.json": "600",
    "chengshu.db": "600",
    "chengshu.db.lock": "600",
    "chengshu.db-shm": "600",
    "chengshu.db-wal": "600",
    "secret.key": "600",
    "sign-in-links.json": "600",
  };
  await told(hub, "air", [reading("P", Date.now(), 1)]);
  expect(modes()).toEqual(closed);
  await hub.kill();
  for (const path of paths())
    chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  await hub.restart();
  await told(hub, "air", [reading("P", Date.now(), 2)]);
  expect(modes()).toEqual(closed);
  await hub.stop();
});
