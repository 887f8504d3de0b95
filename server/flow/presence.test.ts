import { expect, it } from "vitest";
import type { View } from "../../contract/data-scope.ts";
import { SECOND } from "../../contract/time.ts";
import { createManualClock } from "../lib/clock.ts";
import { createTopics } from "../push/topics.ts";
import { createPresence } from "./presence.ts";

const LI = { login: "li", name: "李" };
const WANG = { login: "wang", name: "王" };
const incident = (id: string, department = "HOTLINE") => ({
  id,
  whose: { departments: [department], district: "west" },
});
const CITY: View = { departments: null, districts: null, masking: "personal" };

function room() {
  const clock = createManualClock(1_000_000);
  const topics = createTopics({
    ...{ epoch: "1", now: () => clock.now(), send: () => undefined },
  });
  const presence = createPresence({ topics, clock });
  const seen = (view: View = CITY) => {
    const { room, snapshot } = topics.join("presence", {}, view);
    topics.leave(room);
    return (snapshot as { id: string; people: { login: string }[] }[]).map(
      ({ id, people }) => `${id}: ${people.map(({ login }) => login).join()}`,
    );
  };
  return { clock, presence, seen };
}

it("everybody at a desk sees who has an incident open, and who writes", () => {
  const { presence, seen } = room();
  presence.say(incident("1"), LI, "looks");
  expect(presence.say(incident("1"), WANG, "types")).toMatchObject([
    { login: "li", does: "looks" },
    { login: "wang", does: "types" },
  ]);
  expect(seen()).toEqual(["1: li,wang"]);
});

it("who leaves, or falls silent, is not there any more", () => {
  const { clock, presence, seen } = room();
  presence.say(incident("1"), LI, "looks");
  presence.say(incident("1"), WANG, "looks");
  presence.say(incident("1"), LI, "leaves");
  expect(seen()).toEqual(["1: wang"]);
  clock.set(clock.now() + 51 * SECOND);
  presence.tick();
  expect(seen()).toEqual([]);
});

it("another department is told nothing, and a wall nobody's name", () => {
  const { presence, seen } = room();
  presence.say(incident("1", "WATER"), LI, "looks");
  expect(seen({ ...CITY, departments: ["ECO"] })).toEqual([]);
  expect(seen({ ...CITY, masking: "all" })).toEqual(["1: "]);
});

it("of more than twenty that one person has open, the one heard longest ago makes room", () => {
  const { clock, presence, seen } = room();
  for (let i = 0; i < 25; i++) {
    presence.say(incident(String(i)), LI, "looks");
    clock.set(clock.now() + 1);
  }
  expect(seen()).toHaveLength(20);
  expect(seen()[0]).toBe("5: li");
});
