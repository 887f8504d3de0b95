import { describe, expect, it } from "vitest";
import { later } from "./later.ts";

describe("work for later", () => {
  it("runs in the next turn or after its time", async () => {
    for (const ms of [0, 1])
      await new Promise<void>((ran) => void later(ms, ran));
  });

  it("is not done where it was called off", async () => {
    const done: number[] = [];
    for (const ms of [0, 1]) later(ms, () => done.push(ms))();
    await new Promise<void>((ran) => void later(5, ran));
    expect(done).toEqual([]);
  });

  it("does not let the loop sleep on the next turn after some were called off", async () => {
    for (let i = 0; i < 10; i++) later(60_000, () => undefined)();
    const order: string[] = [];
    const after = new Promise<void>(
      (ran) => void later(500, () => ran(void order.push("after"))),
    );
    await new Promise<void>((ran) => void later(0, ran));
    order.push("next turn");
    await after;
    expect(order).toEqual(["next turn", "after"]);
  });
});
