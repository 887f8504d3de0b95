import { expect, it } from "vitest";
import { OverQuota } from "../refusal.ts";
import { OverCap, StoreUnavailable } from "../sink.ts";
import { Belt, type BeltOptions } from "./belt.ts";

const message = (text: string) => ({ payload: Buffer.from(text), text });
type Message = ReturnType<typeof message>;

/** A belt whose messages are taken by `fate`; null settles them. */
function createBelt(
  fate: (text: string) => Error | null,
  options: Partial<BeltOptions<Message>> = {},
) {
  const settled: string[] = [];
  const batches: number[] = [];
  let arrived = () => {};
  const belt = new Belt<Message>({
    feedId: "air",
    take: (_feed, bodies) => {
      batches.push(bodies.length);
      return Promise.resolve(
        bodies.map((b) => fate(Buffer.from(b).toString())),
      );
    },
    settled: (messages) => {
      settled.push(...messages.map(({ text }) => text));
      arrived();
    },
    ...options,
  });
  /** Resolves when so many are settled. */
  const reach = async (count: number) => {
    while (settled.length < count)
      await new Promise<void>((look) => (arrived = look));
  };
  return { belt, settled, batches, reach };
}

it("takes what came together as one batch, a thousand at most", async () => {
  const { belt, batches, reach } = createBelt(() => null);
  for (let i = 0; i < 2_500; i++) belt.push(message(`${i}`));
  await reach(2_500);
  expect(batches).toEqual([1_000, 1_000, 500]);
});

it("leaves what a full quarantine has no room for, and lets the rest pass", async () => {
  const left: string[] = [];
  const { belt, settled, reach } = createBelt(
    (text) => (text === "bad" ? new OverCap("full") : null),
    { left: (messages) => left.push(...messages.map(({ text }) => text)) },
  );
  for (const text of ["1", "bad", "2"]) belt.push(message(text));
  await reach(2);
  belt.push(message("3"));
  await reach(3);
  expect(settled).toEqual(["1", "2", "3"]);
  expect(left).toEqual(["bad"]);
});

it("stops the whole feed while the store is away, and settles all in the end", async () => {
  let tries = 0;
  const { belt, settled, reach } = createBelt(() =>
    ++tries <= 3 ? new StoreUnavailable("away") : null,
  );
  for (const text of ["1", "2", "3"]) belt.push(message(text));
  await reach(3);
  expect(settled).toEqual(["1", "2", "3"]);
  expect(tries).toBe(6);
});

it("waits as long as the quota says", async () => {
  let refused = 0;
  const { belt, reach } = createBelt(() =>
    refused++ === 0 ? new OverQuota("slow down", 20) : null,
  );
  belt.push(message("1"));
  await reach(1);
  expect(refused).toBe(2);
});

it("asks for relief when too much waits, until half of it is settled", async () => {
  const pressure: boolean[] = [];
  let open = () => {};
  const gate = new Promise<void>((done) => (open = done));
  const { belt, reach } = createBelt(() => null, {
    take: (_feed, bodies) => gate.then(() => bodies.map(() => null)),
    pressure: (isHigh) => pressure.push(isHigh),
  });
  for (let i = 0; i < 20_000; i++) belt.push(message(`${i}`));
  expect(pressure).toEqual([true]);
  open();
  await reach(20_000);
  expect(pressure).toEqual([true, false]);
});

it("settles what is under way before it has stopped, and nothing after", async () => {
  let open = () => {};
  const gate = new Promise<void>((done) => (open = done));
  const { belt, settled } = createBelt(() => null, {
    take: (_feed, bodies) => gate.then(() => bodies.map(() => null)),
  });
  belt.push(message("1"));
  await new Promise((turn) => setImmediate(turn));
  const stopped = belt.stop();
  belt.push(message("2"));
  open();
  await stopped;
  expect(settled).toEqual(["1"]);
});
