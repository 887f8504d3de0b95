/** What somebody finds who is not in, or not wholly yet. */
import { expect } from "vitest";
import type { Problem } from "../../contract/door.ts";
import type { Session } from "../../contract/session.ts";
import { openFollower } from "../kit/follower.ts";
import type { Office } from "../kit/office.ts";

/** Doors of the city, of administrators and of one's own. */
const DOORS = [
  ...["GET /api/city", "GET /api/feeds", "GET /api/accounts"],
  ...["GET /api/audit", "GET /api/rights/changes", "GET /api/session/own"],
  ...["POST /api/accounts", "POST /api/session/active", "GET /api/screens"],
];

/** Nothing of the city and of the administration, and no socket. */
export async function expectNothing(
  office: Office,
  cookie: string | null,
  sentence: RegExp,
) {
  for (const door of DOORS) {
    const [method, path] = door.split(" ") as [string, string];
    const { status, body } = await office.ask<Problem>(method, path, {
      ...{ cookie, ...(method === "POST" && { body: {} }) },
    });
    expect({ door, status }).toEqual({ door, status: 401 });
    expect(body.detail).toMatch(sentence);
  }
  expect(
    (await office.ask<Session>("GET", "/api/session", { cookie })).body
      .permissions ?? [],
  ).toEqual([]);
  await expect(openFollower(office.hub.url, cookie ?? "")).rejects.toThrow();
}
