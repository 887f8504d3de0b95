import { expect, it } from "vitest";
import { HOUR, MINUTE } from "../../contract/time.ts";
import { createManualClock } from "../lib/clock.ts";
import type { AuditEntry } from "./audit.ts";
import { createRefusals } from "./refusals.ts";

function someRefusals() {
  const written: AuditEntry[] = [];
  const clock = createManualClock(10 * HOUR);
  const refusals = createRefusals({
    audit: { write: (entry) => Promise.resolve(void written.push(entry)) },
    clock,
    failed: (error) => expect.unreachable(String(error)),
  });
  refusals.tick();
  const knock = (login: string, object: string) =>
    refusals.note({
      who: login === "" ? null : { login, roles: ["leader"] },
      ...{ address: "10.0.0.1", act: "openCamera", object, detail: "no" },
    });
  return { written, clock, refusals, knock };
}

it("tells by name who was refused, however many strangers and others knock meanwhile", () => {
  const { written, clock, refusals, knock } = someRefusals();
  for (let i = 0; i < 500; i++) knock("", `camera/${i}`);
  knock("lee", "camera/of-another");
  for (let i = 0; i < 500; i++) knock("wang", `camera/${i}`);
  expect(written).toHaveLength(401);
  expect(written.some(({ who }) => who === "lee")).toBe(true);
  clock.advance(MINUTE);
  refusals.tick();
  const rest = "and others, too many to tell apart (300 times more)";
  expect(written.slice(401)).toEqual([
    expect.objectContaining({ who: "", object: "", detail: rest }),
    expect.objectContaining({ who: "wang", object: "", detail: rest }),
  ]);
});

it("goes on when the clock was ahead and is set back", () => {
  const { written, clock, refusals, knock } = someRefusals();
  clock.advance(HOUR);
  refusals.tick();
  clock.advance(-HOUR);
  for (let i = 0; i < 2; i++) {
    clock.advance(MINUTE);
    refusals.tick();
    knock("lee", "camera/1");
  }
  expect(written).toHaveLength(2);
});
