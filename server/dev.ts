/** `npm run dev`: hub and mock feeds from sources, restarted on change, and Vite with reload on its own port. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { launchConfig } from "./config.ts";
import { root } from "./lib/root.ts";

/** The sign-in links lead here: pages that reload; Vite passes on what is the hub's. */
const PAGES = 5173;

const bin = (name: string) => join(root, "node_modules/.bin", name);
const children = [
  spawn(bin("tsx"), ["watch", "--clear-screen=false", "server/demo.ts"], {
    cwd: root,
    stdio: "inherit",
    env: {
      PUBLIC_URL: `http://localhost:${PAGES}`,
      ...launchConfig().inherited,
    },
  }),
  spawn(
    bin("vite"),
    ["--clearScreen", "false", "--port", String(PAGES), "--strictPort"],
    { cwd: root, stdio: "inherit" },
  ),
];
const stop = () => {
  for (const child of children) child.kill("SIGTERM");
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
for (const child of children) child.on("exit", stop);
