import { describe, expect, it } from "vitest";
import { summarise } from "./report.ts";

describe("a panel's freshness", () => {
  it("is that of its freshest part, with the newest time and a count of the old ones", () =>
    expect(
      summarise([
        { freshness: "live", at: 50 },
        { freshness: "lost", at: 10 },
        { freshness: "late", at: 40 },
      ]),
    ).toEqual({ freshness: "live", at: 50, old: 1 }));

  it("is stale as a whole when every part is", () =>
    expect(
      summarise([
        { freshness: "stale", at: 20 },
        { freshness: "lost", at: 10 },
      ]),
    ).toEqual({ freshness: "stale", at: 20, old: 0 }));

  it("is unknown while nothing was heard", () =>
    expect(summarise([{ freshness: null, at: null }]).freshness).toBeNull());
});
