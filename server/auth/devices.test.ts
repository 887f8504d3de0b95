/** What happens to walls over minutes and months, on a clock that is set by hand. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { sqlite, type Room } from "../../test/store/engines.ts";
import { createManualClock } from "../lib/clock.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { openDevices, type Devices } from "./devices.ts";

let room: Room;
let store: Store;
let devices: Devices;
let clock: ReturnType<typeof createManualClock>;
let open: Set<string>;
let cut: string[];
const failures: unknown[] = [];

const HALL = { address: "10.0.0.7", browser: "a wall" };
const silent = () => Promise.resolve();

beforeEach(async () => {
  room = await sqlite.start();
  store = await openStore({ url: await room.empty() });
  clock = createManualClock(Date.parse("2026-11-20T08:00:00+08:00"));
  [open, cut] = [new Set(), []];
  devices = await start();
});
afterEach(async () => {
  await store.close();
  await room.stop();
  expect(failures).toEqual([]);
});

const start = () =>
  openDevices({
    ...{ store, clock, cut: (id) => cut.push(id) },
    sockets: (id) => Number(open.has(id)),
    failed: (error) => failures.push(error),
  });

const approve = (code: string) =>
  devices.approve(
    {
      ...{ code, name: "East hall", screens: ["city-overview"] },
      ...{ scope: WHOLE_CITY, by: "li" },
    },
    silent,
  );

async function paired() {
  const { code, secret } = devices.request(HALL);
  const { id } = await approve(code);
  return { id, token: devices.claim(secret).token! };
}
const stateOf = (id: string) =>
  devices.list().find((device) => device.id === id)!.state;
const knows = (token: string) => devices.of(token) !== null;

describe("a code on a wall", () => {
  it("has eight signs that nobody takes for others, and is typed in as one likes", async () => {
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const about = { ...HALL, address: `10.0.0.${i}` };
      for (let j = 0; j < 10; j++) seen.add(devices.request(about).code);
    }
    expect(seen.size).toBe(200);
    for (const code of seen) expect(code).toMatch(/^[A-HJ-NP-RT-Y346789]{8}$/);
    const [code] = [...seen];
    const typed = ` ${code!.slice(0, 4).toLowerCase()}-${code!.slice(4)} `;
    expect((await approve(typed)).name).toBe("East hall");
  });

  it("waits for ten minutes, and no longer", async () => {
    const first = devices.request(HALL);
    const second = devices.request(HALL);
    expect(first.until - clock.now()).toBe(10 * MINUTE);
    clock.advance(10 * MINUTE - 1);
    expect(devices.claim(first.secret).state).toBe("waiting");
    await approve(first.code);
    clock.advance(1);
    expect(devices.claim(first.secret).state).toBe("expired");
    expect(devices.claim(second.secret).state).toBe("expired");
    await expect(approve(second.code)).rejects.toThrow("it ran out");
  });

  it("is claimed once, by the wall that shows it", async () => {
    const { code, secret } = devices.request(HALL);
    expect(devices.claim("another's secret").state).toBe("expired");
    await approve(code);
    expect(devices.claim(secret)).toMatchObject({
      ...{ state: "paired", screens: ["city-overview"] },
      token: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    expect(devices.claim(secret)).toMatchObject({
      ...{ state: "expired", token: null },
    });
  });

  it("pairs one wall, however many administrators approve it at once", async () => {
    const { code } = devices.request(HALL);
    const tries = await Promise.allSettled([approve(code), approve(code)]);
    expect(tries.map(({ status }) => status)).toEqual([
      ...["fulfilled", "rejected"],
    ]);
    expect(devices.list()).toHaveLength(1);
  });

  it("is given to ten walls of an address at a time, a whole IPv6 network being one", () => {
    const ask = (address: string) => devices.request({ ...HALL, address });
    for (let i = 0; i < 10; i++) ask(`2001:db8::${i}`);
    expect(() => ask("2001:db8::77")).toThrow("too many walls wait");
    ask("2001:db8:0:1::1");
    clock.advance(10 * MINUTE);
    ask("2001:db8::77");
  });
});

describe("a wall's token", () => {
  it("is changed after a week; the former one opens until the new one was seen for a while", async () => {
    const { id, token } = await paired();
    clock.advance(7 * DAY - 1);
    expect(await devices.seen(id, token, HALL)).toBeNull();
    clock.advance(1);
    const fresh = await devices.seen(id, token, HALL);
    expect(fresh).toMatch(/^[\w-]{43}$/);
    expect([knows(token), knows(fresh!)]).toEqual([true, true]);
    clock.advance(MINUTE);
    await devices.seen(id, fresh!, HALL);
    expect(knows(token)).toBe(true);
    clock.advance(5 * MINUTE);
    await devices.seen(id, fresh!, HALL);
    expect([knows(token), knows(fresh!)]).toEqual([false, true]);
  });

  it("is given again to a wall that never got the new one, within thirty days", async () => {
    const { id, token } = await paired();
    clock.advance(7 * DAY);
    const lost = await devices.seen(id, token, HALL);
    // Its other tab comes at the same moment: it is not given another.
    expect(await devices.seen(id, token, HALL)).toBeNull();
    devices = await start();
    clock.advance(30 * DAY - 1);
    expect(knows(token)).toBe(true);
    const fresh = await devices.seen(id, token, HALL);
    expect(knows(fresh!)).toBe(true);
    expect(knows(lost!)).toBe(false);
    clock.advance(30 * DAY);
    expect([knows(token), knows(fresh!)]).toEqual([false, true]);
  });

  it("opens nothing once it is revoked, whatever the store was writing just then", async () => {
    const { id, token } = await paired();
    clock.advance(7 * DAY);
    const [, fresh] = await Promise.all([
      devices.edit(id, { rev: 1, name: "West hall" }, silent),
      devices.seen(id, token, HALL),
      devices.revoke(id, silent),
    ]);
    for (const again of [false, true]) {
      if (again) devices = await start();
      expect(stateOf(id)).toBe("revoked");
      for (const one of [token, fresh]) expect(knows(one ?? "")).toBe(false);
    }
    await expect(
      devices.edit(id, { rev: 2, enabled: true }, silent),
    ).rejects.toThrow("revoked for good");
  });
});

it("a wall's state is what the server last heard of it", async () => {
  const { id, token } = await paired();
  // Nobody has seen it yet.
  expect(stateOf(id)).toBe("offline");
  await devices.seen(id, token, HALL);
  expect(stateOf(id)).toBe("recently");
  open.add(id);
  clock.advance(3 * DAY);
  devices.tick();
  expect(stateOf(id)).toBe("online");
  open.delete(id);
  clock.advance(15 * MINUTE);
  expect(stateOf(id)).toBe("recently");
  clock.advance(1);
  expect(stateOf(id)).toBe("stale");
  clock.advance(24 * HOUR - 15 * MINUTE - 1);
  expect(stateOf(id)).toBe("stale");
  clock.advance(1);
  expect(stateOf(id)).toBe("offline");
  await devices.edit(id, { rev: 1, enabled: false }, silent);
  expect(stateOf(id)).toBe("disabled");
  expect(cut).toEqual([id]);
  devices = await start();
  expect(stateOf(id)).toBe("disabled");
  await devices.edit(id, { rev: 2, enabled: true }, silent);
  expect(stateOf(id)).toBe("offline");
});

it("two who change a wall at once do not lose each other's change", async () => {
  const { id } = await paired();
  const tries = await Promise.allSettled([
    devices.edit(id, { rev: 1, name: "West hall" }, silent),
    devices.edit(id, { rev: 1, screens: ["recorded-data"] }, silent),
  ]);
  expect(tries[1]).toMatchObject({
    reason: { status: 409, message: expect.stringContaining("at 2") as string },
  });
  expect(devices.list()).toMatchObject([
    { name: "West hall", screens: ["city-overview"], rev: 2 },
  ]);
});
