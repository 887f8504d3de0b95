/** How much one account may leave in the audit, and that nobody else is kept from acting by it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AuditLine } from "../../contract/audit.ts";
import { eventually, FLOW_CITY } from "../flow/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { accountOf, ask } from "../kit/staff.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
});
afterAll(() => hub?.stop());

const linesOf = async (query: string) =>
  (
    await ask<{ items: AuditLine[] }>(
      ...([hub, "GET", `/api/audit?limit=500&${query}`] as const),
      { cookie: await hub.signIn("auditAdmin") },
    )
  ).body.items;

it("an account that acts without end is told to wait, and the audit says so once", async () => {
  const cookie = await hub.signIn("sysAdmin");
  const { id } = await accountOf(hub, "demo-leader");
  const act = () =>
    ask(hub, "POST", `/api/accounts/${id}/unlock`, {
      ...{ cookie, body: { reason: "again and again" } },
    });
  let done = 0;
  let refused = 0;
  const begun = performance.now();
  while (refused < 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, act));
    for (const { status, headers } of answers) {
      expect([200, 429]).toContain(status);
      if (status === 200) done++;
      else refused++;
      if (status === 429)
        expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
  }
  const minutes = (performance.now() - begun) / 60_000;
  expect(done).toBeGreaterThanOrEqual(600);
  expect(done).toBeLessThanOrEqual(600 + 300 * minutes + 1);

  const told = await eventually(
    () => linesOf("act=unlockAccount&result=refused"),
    (lines) => lines.length > 0,
  );
  expect(told.at(-1)).toMatchObject({
    ...{ who: "demo-sysadmin", object: "account/demo-sysadmin" },
    detail: "too many acts of one account; wait a little",
  });
  // Those after the first are counted, and told when a minute is over.
  expect(told.length).toBeLessThan(5);
  const shift = await ask(hub, "DELETE", "/api/session", {
    ...{ cookie: await hub.signIn("shiftLeader"), body: {} },
  });
  expect(shift.status).toBe(200);
  // Looking leaves no line, and is not counted.
  expect((await ask(hub, "GET", "/api/accounts", { cookie })).status).toBe(200);
});
