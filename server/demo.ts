/**
 * `npm start`: the demo. Writes the invented city's pack and the feed keys,
 * then runs hub and mock feeds as processes of their own and restarts the hub
 * if it dies (decisions E1, E2).
 */
import { resolve } from "node:path";
import { launchConfig } from "./config.ts";
import { launch, mockFeeds } from "./launch.ts";

await launch({
  name: "江澜市 Jianglan demo",
  dataDir: resolve(launchConfig().dataDir, "demo"),
  city: (dir) => [mockFeeds("prepare"), dir, "--seed", "42"],
  renews: true,
  hint: (hub) =>
    `A storm of thirteen minutes: npm run mock -- --story storm --hub ${hub}`,
  toldBack: "hotline",
  feeds: ({ hub, mqtt, keys, city, desk, staff }) => [
    mockFeeds("index"),
    ...["--hub", hub, "--mqtt", mqtt, "--keys", keys, "--city", city],
    ...(desk ? ["--desk", desk] : []),
    ...(staff ? ["--staff", staff] : []),
    ...process.argv.slice(2),
  ],
});
