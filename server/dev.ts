/** `npm run dev`: hub and mock feeds from sources, restarted on change, and Vite with reload on its own port. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./lib/root.ts";

const bin = (name: string) => join(root, "node_modules/.bin", name);
const children = [
  spawn(bin("tsx"), ["watch", "--clear-screen=false", "server/demo.ts"], {
    cwd: root,
    stdio: "inherit",
  }),
  spawn(bin("vite"), ["--clearScreen", "false"], {
    cwd: root,
    stdio: "inherit",
  }),
];
const stop = () => {
  for (const child of children) child.kill("SIGTERM");
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
for (const child of children) child.on("exit", stop);
