/**
 * P3: from the door to a client's frame and to the DOM of a wall, history kept,
 * at three rates; and how long a killed hub is silent. A reading's value is the
 * moment it was sent, so its age is known wherever it is seen.
 */
import { launchChromium } from "../test/kit/chromium.ts";
import { keyOf } from "../test/kit/city.ts";
import { openFollower } from "../test/kit/follower.ts";
import { startHub, type Hub } from "../test/kit/hub.ts";
import { startProgram } from "../test/kit/program.ts";
import { openWall } from "../test/kit/wall.ts";
import {
  BENCH_CITY,
  FEED,
  registerSensors,
  REPORTED,
  sensorRoom,
} from "./city.ts";
import type { CrowdProgram } from "./load/crowd.ts";
import type { Stamper } from "./load/stamper.ts";
import type { Teller } from "./load/teller.ts";
import { figures, seenFigures, watchFigures } from "./load/wall.ts";
import { percentile, report, seconds, small } from "./measure.ts";

const SENSORS = 1_000;
/** What one screen follows of them. */
const WATCHED = 100;
const MEASURED = small ? 5 : 30;
const RATES = [
  { rate: 100, perRequest: 1, sensors: WATCHED },
  { rate: 10_000, perRequest: 100, sensors: SENSORS },
  { rate: 20_000, perRequest: 200, sensors: SENSORS },
];

const startStamper = () =>
  startProgram<Stamper>(new URL("./load/stamper.ts", import.meta.url));

const doorOf = (hub: Hub) => ({
  url: `${hub.url}/ingest/v1/${FEED.http}`,
  key: keyOf(FEED.http),
  first: 0,
});

async function ageAt(hub: Hub, load: (typeof RATES)[number]) {
  const crowd = startProgram<CrowdProgram>(
    new URL("./load/crowd.ts", import.meta.url),
  );
  await crowd.call("open", {
    ...{ url: hub.url.replace("http", "ws"), cookies: [await hub.signIn()] },
    ...{ count: 1, readers: 1, follow: [sensorRoom(0, WATCHED)] },
  });
  const stamper = startStamper();
  await stamper.call("start", { ...doorOf(hub), ...load });
  await seconds(3);
  await crowd.call("take");
  await seconds(MEASURED);
  const { ages, ownDelay } = await crowd.call("take");
  const { refused } = await stamper.call("pause");
  await stamper.stop();
  await crowd.stop();
  const name = `door → frame at ${load.rate}/s`;
  report("p3", `${name}, p50`, percentile(ages, 50), "ms");
  report("p3", `${name}, p99`, percentile(ages, 99), "ms");
  report("p3", `${name}, the client's own p99 delay`, ownDelay, "ms");
  if (refused) report("p3", `${name}, refused`, refused, "requests");
}

/** Ten figures on a wall, told a hundred values a second: ms from the POST to the digits. */
async function ageInDom(hub: Hub) {
  const shown = REPORTED.slice(0, 10);
  const browser = await launchChromium({ card: true });
  const teller = startProgram<Teller>(
    new URL("./load/teller.ts", import.meta.url),
  );
  await teller.call("start", {
    ...{ url: `${hub.url}/ingest/v1/${FEED.reports}`, rate: 100 },
    ...{ key: keyOf(FEED.reports), indicators: shown },
  });
  const wall = await openWall(browser, hub, { widgets: figures(shown) });
  await wall.page.locator(".key-figure .digits").nth(9).waitFor();
  await seconds(3);
  await watchFigures(wall.page);
  await seconds(MEASURED);
  const seen = await seenFigures(wall.page);
  const { sentAt } = await teller.call("pause");
  await teller.stop();
  await browser.close();
  const ages = seen.flatMap(([at, text]) => {
    const sent = sentAt[Number(text.replaceAll(",", ""))];
    return sent === undefined ? [] : [at - sent];
  });
  report("p3", "door → DOM at 100/s, p50", percentile(ages, 50), "ms");
  report("p3", "door → DOM at 100/s, p99", percentile(ages, 99), "ms");
  report("p3", "door → DOM at 100/s, seen", ages.length / MEASURED, "values/s");
}

/** ms from SIGKILL, with the hub started again at once, to the next new value at a client. */
async function silenceAfterKill(hub: Hub): Promise<number> {
  const stamper = startStamper();
  await stamper.call("start", { ...doorOf(hub), ...RATES[0]! });
  const cookie = await hub.signIn();
  await seconds(2);
  const killed = performance.now();
  await hub.kill();
  const restarted = hub.restart();
  for (;;) {
    const follower = await openFollower(hub.url, cookie).catch(() => null);
    if (!follower) {
      await seconds(0.02);
      continue;
    }
    const room = await follower.follow(
      "sensors",
      sensorRoom(0, WATCHED).params,
    );
    await room.until(() => room.deltas.length > 0);
    const silent = performance.now() - killed;
    follower.close();
    await restarted;
    await stamper.stop();
    return silent;
  }
}

const hub = await startHub({ city: BENCH_CITY });
await registerSensors(hub, SENSORS);
for (const load of RATES) await ageAt(hub, load);
await ageInDom(hub);
const silences: number[] = [];
for (let i = 0; i < (small ? 2 : 5); i++)
  silences.push(await silenceAfterKill(hub));
await hub.stop();
report(
  "p3",
  "killed → first live value, median",
  percentile(silences, 50),
  "ms",
);
report("p3", "killed → first live value, worst", Math.max(...silences), "ms");
