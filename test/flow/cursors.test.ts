/** Every list of the API, asked to go on from where no list ended. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { api } from "../../contract/api.ts";
import type { Problem } from "../../contract/door.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { FLOW_CITY } from "./city.ts";

let hub: Hub;
let cookies: string[];
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
  const readers = ["sysAdmin", "auditAdmin", "dispatcher", "shiftLeader"];
  cookies = await Promise.all(readers.map((role) => hub.signIn(role)));
});
afterAll(() => hub?.stop());

const lists = Object.entries(api).filter(
  ([, { query }]) => "shape" in query && "cursor" in query.shape,
);
/** Nobody's, however a list is ordered. */
const STRANGE = [
  ...["[]", "[1.5]", "[null]", "[true,{}]", '[1.5,"a"]', '["a",null]'],
  ...["[1,1,1]", '{"at":1}', "1", "\\"],
].map((json) => Buffer.from(json).toString("base64url"));

/** What a list does not answer without. */
const NEEDED: Record<string, Record<string, string>> = {
  listCounted: { measure: "registered", from: "0", to: "86400000" },
};

it.each(lists)("%s answers 400, and where it is wrong", async (name, door) => {
  const needed = NEEDED[name] ?? {};
  const bare = door.path.replace("{id}", FLOW_CITY.feeds[0]!.id);
  const path = `${bare}?${new URLSearchParams(needed)}`;
  const plain = await Promise.all(
    cookies.map((cookie) => ask(hub, "GET", path, { cookie })),
  );
  const reader = plain.findIndex(({ status }) => status === 200);
  expect(reader).not.toBe(-1);
  for (const cursor of [...STRANGE, "no cursor", "-1", ""]) {
    const { status, body } = await ask<Problem>(
      ...([
        hub,
        "GET",
        `${bare}?${new URLSearchParams({ ...needed, cursor })}`,
      ] as const),
      { cookie: cookies[reader]! },
    );
    expect([cursor, status, body.errors?.[0]?.path]).toEqual([
      ...[cursor, 400, "/query/cursor"],
    ]);
  }
});
