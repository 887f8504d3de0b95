import { beforeEach, describe, expect, it } from "vitest";
import { createDrafts } from "./drafts.ts";

const FEED_BACK = { incident: "i1", step: "feedBack", order: 1 };
const RETURN = { incident: "i2", step: "askReturn", order: 1 };
const draft = (note: string) => ({ texts: { note, reason: "" }, photos: [] });

let kept: Map<string, string>;
const shelf = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, text: string) => void kept.set(name, text),
  removeItem: (name: string) => void kept.delete(name),
};
beforeEach(() => (kept = new Map()));

describe("what was written for an order", () => {
  it("is there again after another was open, and after a reload", () => {
    const drafts = createDrafts("lin", shelf);
    drafts.keep(FEED_BACK, draft("已换"));
    drafts.keep(RETURN, draft("不属我局"));
    expect(drafts.find(FEED_BACK)).toEqual(draft("已换"));
    const again = createDrafts("lin", shelf);
    expect(again.find(FEED_BACK)).toEqual(draft("已换"));
    expect(again.has("i2")).toBe(true);
  });

  it("is nobody else's in the same tab", () => {
    createDrafts("lin", shelf).keep(FEED_BACK, draft("已换"));
    expect(createDrafts("wang", shelf).find(FEED_BACK)).toBeNull();
  });

  it("goes when it was sent, emptied, or its order ended", () => {
    const drafts = createDrafts("lin", shelf);
    drafts.keep(FEED_BACK, draft("已换"));
    drafts.keep(RETURN, draft("不属我局"));
    drafts.dropUnless((incident) => incident !== "i2");
    expect(drafts.find(RETURN)).toBeNull();
    drafts.keep(FEED_BACK, draft("  "));
    expect(drafts.has("i1")).toBe(false);
    expect(kept.size).toBe(0);
  });

  it("stays in memory where the browser keeps nothing or keeps nonsense", () => {
    const drafts = createDrafts("lin", null);
    drafts.keep(FEED_BACK, draft("已换"));
    expect(drafts.has("i1")).toBe(true);
    kept.set("chengshu inbox drafts of lin", "{half");
    expect(createDrafts("lin", shelf).has("i1")).toBe(false);
  });
});
