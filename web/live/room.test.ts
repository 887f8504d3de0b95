import { describe, expect, it } from "vitest";
import { watch } from "vue";
import type { Delta } from "../../contract/wire.ts";
import { createRoom } from "./room.ts";

interface Sign {
  id: string;
  value: number;
}
const sign = (id: string, value: number): Sign => ({ id, value });

/** A room that was told a picture at rev 4. */
function followed(...snapshot: Sign[]) {
  const room = createRoom<Sign>(() => {});
  room.answer({ room: "r", epoch: "e1", rev: 4, now: 0, snapshot });
  room.apply();
  return room;
}
const delta = (rev: number, more: Partial<Delta> = {}): Delta => ({
  room: "r",
  epoch: "e1",
  rev,
  now: 0,
  upsert: [],
  remove: [],
  ...more,
});
const held = (room: ReturnType<typeof followed>) =>
  [...room.view.items.values()].map((one) => `${one.id}=${one.value}`);

describe("a followed topic", () => {
  it("waits until the hub answers", () =>
    expect(createRoom(() => {}).view.state).toBe("waiting"));

  it("shows the picture, then what changes and what leaves", () => {
    const room = followed(sign("aqi", 60), sign("rain", 0));
    expect(room.hear(delta(5, { upsert: [sign("aqi", 71)] }))).toBe(true);
    expect(room.hear(delta(6, { remove: ["rain"] }))).toBe(true);
    room.apply();
    expect(held(room)).toEqual(["aqi=71"]);
  });

  it("changes nothing on the page before the frame is painted", () => {
    const room = followed(sign("aqi", 60));
    room.hear(delta(5, { upsert: [sign("aqi", 71)] }));
    expect(held(room)).toEqual(["aqi=60"]);
  });

  it("asks to follow again when a delta is missing (R4)", () => {
    const room = followed(sign("aqi", 60));
    expect(room.hear(delta(6, { upsert: [sign("aqi", 99)] }))).toBe(false);
    room.apply();
    expect(held(room)).toEqual(["aqi=60"]);
  });

  it("asks to follow again when the hub started anew (R4)", () =>
    expect(followed().hear(delta(5, { epoch: "e2" }))).toBe(false));

  it("ignores what the picture already held", () => {
    const room = followed(sign("aqi", 60));
    expect(room.hear(delta(4, { upsert: [sign("aqi", 1)] }))).toBe(true);
    room.apply();
    expect(held(room)).toEqual(["aqi=60"]);
  });

  it("takes a reset as a whole picture, whatever its rev", () => {
    const room = followed(sign("aqi", 60), sign("rain", 0));
    const reset = delta(2, { reset: true, upsert: [sign("wind", 3)] });
    expect(room.hear(reset)).toBe(true);
    expect(room.hear(delta(3, { upsert: [sign("wind", 4)] }))).toBe(true);
    room.apply();
    expect(held(room)).toEqual(["wind=4"]);
  });

  it("keeps the last picture and says that it is stale when the hub is out of reach", () => {
    const room = followed(sign("aqi", 60));
    room.lose();
    expect(room.view.state).toBe("stale");
    expect(held(room)).toEqual(["aqi=60"]);
  });

  it("drops what the new picture no longer holds", () => {
    const room = followed(sign("aqi", 60), sign("rain", 0));
    room.lose();
    const snapshot = [sign("aqi", 61)];
    room.answer({ room: "r", epoch: "e2", rev: 0, now: 0, snapshot });
    room.apply();
    expect(room.view.state).toBe("live");
    expect(held(room)).toEqual(["aqi=61"]);
  });

  it("says why the hub refused", () => {
    const room = createRoom(() => {});
    room.answer({ error: "params/scope: there is no district 7" });
    expect(room.view.state).toBe("refused");
    expect(room.view.problem).toContain("district 7");
  });

  it("holds one piece of news per item however long the tab sleeps", () => {
    let applied = 0;
    const room = createRoom<Sign>(() => {});
    room.answer({ room: "r", epoch: "e1", rev: 0, now: 0, snapshot: [] });
    for (let rev = 1; rev <= 10_000; rev++)
      room.hear(delta(rev, { upsert: [sign("aqi", rev)] }));
    watch(
      () => room.view.items.get("aqi"),
      () => applied++,
      { flush: "sync" },
    );
    room.apply();
    expect(applied).toBe(1);
    expect(held(room)).toEqual(["aqi=10000"]);
  });
});
