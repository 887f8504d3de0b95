import { afterAll, beforeEach, expect, it } from "vitest";
import { makeFolder } from "../../test/kit/folder.ts";
import { StoreUnavailable } from "../feeds/sink.ts";
import type { Engine } from "../hub/indicators/engine.ts";
import { createSensors } from "../hub/sensors.ts";
import { systemClock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { StoreDown } from "../store/db.ts";
import { openStore } from "../store/open.ts";
import { openHeld, type Held } from "./held.ts";

const folder = makeFolder("held");
const store = await openStore({ url: `sqlite:${folder.path}/city.db` });
afterAll(async () => {
  await store.close();
  await folder.remove();
});

let held: Held;
let said: string[];
/** What happens at each load after the first, in their order. */
let reloads: (() => Promise<void>)[];
let recovered: Promise<void>;
beforeEach(async () => {
  said = [];
  reloads = [];
  let writesAgain: () => void;
  recovered = new Promise((done) => (writesAgain = done));
  held = await openHeld({
    store,
    clock: systemClock,
    log: {
      error: (_about: unknown, message: string) => said.push(message),
      warn: () => writesAgain(),
    } as unknown as Log,
    create: () =>
      Promise.resolve({
        sensors: createSensors(),
        engine: {
          load: () => undefined,
          replay: () => undefined,
          save: () => [],
        } as unknown as Engine,
      }),
    reloaded: () => reloads.shift()?.() ?? Promise.resolve(),
    checkpointEvery: 1e9,
    probeEvery: 1,
  });
  return () => held.close();
});

const trouble = new RangeError("Invalid string length");

it("leaves the city as it is when one message fails by itself", async () => {
  await expect(held.durable(Promise.reject(trouble))).rejects.toBe(trouble);
  expect(held.degraded).toBeNull();
  held.check();
});

it("refuses all while the store is down, and loads itself anew", async () => {
  const before = held.sensors;
  const down = held.durable(Promise.reject(new StoreDown("the disk is full")));
  await expect(down).rejects.toThrow(StoreUnavailable);
  expect(() => held.check()).toThrow("the disk is full");
  await recovered;
  held.check();
  expect(held.sensors).not.toBe(before);
});

it("loads itself anew when memory is ahead of the store, whatever the reason", async () => {
  const write = held.applied(Promise.reject(trouble));
  await expect(write).rejects.toThrow(StoreUnavailable);
  expect(held.degraded).toBe(trouble.message);
  await recovered;
  expect(held.degraded).toBeNull();
});

it("takes nothing until all is loaded, says why it is not, and tries again", async () => {
  const seen: (string | null)[] = [];
  const look = () => Promise.resolve(void seen.push(held.degraded));
  reloads = [() => look().then(() => Promise.reject(trouble)), look];
  await held.applied(Promise.reject(trouble)).catch(() => undefined);
  await recovered;
  expect(seen).toEqual([trouble.message, trouble.message]);
  expect(said).toContain("the hub cannot be loaded from its store");
  expect(held.degraded).toBeNull();
});
