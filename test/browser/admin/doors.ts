/**
 * The doors of the administration as a browser meets them, answered from data
 * that the contract's schemas accept; what is sent is kept to be looked at.
 */
import type { Page, Route } from "playwright-core";
import { api, type DoorName } from "../../../contract/api.ts";
import type { Action } from "../../../contract/role.ts";
import { rowsOf } from "./rows.ts";

export interface Sent {
  door: DoorName;
  path: string;
  query: Record<string, string>;
  body: unknown;
}
export interface Doors {
  sent: Sent[];
  /** What a door answers from now on; a status with a problem where it refuses. */
  answer(door: DoorName, reply: unknown): void;
  refuse(
    door: DoorName,
    status: number,
    detail: string,
    errors?: { path: string; message: string }[],
  ): void;
}

type Choose = (query: Record<string, string>) => unknown;
type Kind = "full" | "empty" | "failing";

const pattern = (path: string) =>
  new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);

function doorOf(method: string, path: string): DoorName | null {
  const found = Object.entries(api).find(
    ([, door]) => door.method === method && pattern(door.path).test(path),
  );
  return (found?.[0] as DoorName | undefined) ?? null;
}

/** @param kind `empty`: every list is; `failing`: every door but `whoAmI` and the city answers 400 */
export async function openDoors(
  page: Page,
  permissions: readonly Action[],
  kind: Kind = "full",
): Promise<Doors> {
  const answers = new Map<string, unknown>(
    Object.entries(rowsOf(permissions, kind === "empty")),
  );
  const refusals = new Map<string, { status: number; body: unknown }>();
  const sent: Sent[] = [];

  async function meet(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const door = doorOf(request.method(), url.pathname);
    if (!door)
      return route.fulfill({ status: 404, json: problem(404, "none") });
    const body: unknown = request.postDataJSON() ?? {};
    const query = Object.fromEntries(url.searchParams);
    sent.push({ door, path: url.pathname, query, body });
    api[door].body.parse(body);
    api[door].query.parse(query);
    const refusal = refusals.get(door);
    if (refusal)
      return route.fulfill({ status: refusal.status, json: refusal.body });
    const isFrame = ["whoAmI", "getCity", "listIndicators"].includes(door);
    if (kind === "failing" && !isFrame)
      return route.fulfill({
        status: 400,
        json: problem(400, "the store is away"),
      });
    const answer = answers.get(door);
    const reply: unknown =
      typeof answer === "function" ? (answer as Choose)(query) : answer;
    return route.fulfill({ json: api[door].reply.parse(reply) });
  }
  await page.route(/\/api\//, meet);
  await page.route(/\/live\/\?/, (route) => route.abort());
  return {
    sent,
    answer: (door, reply) => void answers.set(door, reply),
    refuse: (door, status, detail, errors) =>
      void refusals.set(door, {
        status,
        body: problem(status, detail, errors),
      }),
  };
}

const problem = (
  status: number,
  detail: string,
  errors?: { path: string; message: string }[],
) => ({ type: "about:blank", title: detail, status, detail, errors });
