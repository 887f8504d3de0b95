import { expect, it } from "vitest";
import { z } from "zod";
import { api, type DoorName } from "./api.ts";
import { defineDoor } from "./door.ts";

/** The single sign-on's own system sends along what it likes. */
const LOOSE: DoorName[] = ["finishSingleSignOn"];

it("takes no parameter that a door does not name, at any door", () => {
  const loose = (Object.keys(api) as DoorName[]).filter(
    (name) =>
      !api[name].query
        .safeParse({ noSuchParameter: "1" })
        .error?.issues.some(({ code }) => code === "unrecognized_keys"),
  );
  expect(loose).toEqual(LOOSE);
});

it("still judges what a query names together", () => {
  const { query } = defineDoor({
    ...{ method: "GET", path: "/x", summary: "", permission: "public" },
    query: z
      .object({ from: z.coerce.number(), to: z.coerce.number() })
      .refine(({ from, to }) => from < to),
    reply: z.unknown(),
  });
  expect(query.safeParse({ from: "2", to: "1" }).success).toBe(false);
  expect(query.parse({ from: "1", to: "2" })).toEqual({ from: 1, to: 2 });
});
