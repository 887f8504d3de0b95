/**
 * A hub that is going to be killed: appends batch after batch, folds
 * and saves its state in between, and says so once each is durable.
 * `tsx appender.ts URL FIRST`: FIRST is the number of its first batch.
 */
import { writeSync } from "node:fs";
import { openStore } from "../../server/store/open.ts";
import { batch } from "./batches.ts";

const [url, first] = process.argv.slice(2);
const store = await openStore({ url: url! });
/** Written at once: what is still in a buffer when the hub dies was never said. */
const say = (line: string) => writeSync(1, `${line}\n`);

let next = Number(first);

async function lane(): Promise<void> {
  for (;;) {
    const no = next++;
    try {
      await store.readings.append(batch(no));
      say(`stored ${no}`);
    } catch (error) {
      say(`refused ${no} ${(error as Error).message}`);
      await recovered();
    }
    // Half a thousand a second are enough to judge, and not too many.
    await new Promise((go) => setTimeout(go, 4));
  }
}

/** Waits until the store can be written again. */
let asking: Promise<void> | null = null;
function recovered(): Promise<void> {
  return (asking ??= (async () => {
    for (;;)
      try {
        await store.probe();
        asking = null;
        return;
      } catch {
        await new Promise((again) => setTimeout(again, 50));
      }
  })());
}

async function upkeep(): Promise<void> {
  for (;;) {
    const made = Uint32Array.of(next);
    await store.readings
      .saveCheckpoint([
        { name: "made", blob: new Uint8Array(made.buffer) },
        { name: "ballast", blob: new Uint8Array(600_000) },
      ])
      .then(() => store.readings.settle())
      .catch(recovered);
    say("kept up");
  }
}

say("open");
await Promise.all([lane(), lane(), lane(), lane(), upkeep()]);
