/** The rights of steps over the real door: every step and every role, both ways. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RoleCode } from "../../contract/role.ts";
import { STEPS, type StepName } from "../../contract/step.ts";
import { told } from "../flow/city.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask } from "../kit/staff.ts";
import { STEP_ROWS } from "./steps.ts";

let hub: Hub;
let incident = "";
const cookies = new Map<RoleCode, string>();

beforeAll(async () => {
  hub = await startHub({
    // The department whose handler the demo has.
    city: {
      feeds: [{ id: "hotline", format: "incidents/1", department: "ECO" }],
    },
  });
  for (const role of RoleCode.options)
    cookies.set(role, await hub.signIn(role));
});
afterAll(() => hub.stop());

/** A new one for each step, so that what one role did is not in the next step's way. */
async function reported(step: string): Promise<string> {
  await told(hub, "hotline", [
    {
      ...{ externalId: step, source: "12345", title: step },
      ...{ reportedAt: Date.now(), ...PLACES.west },
    },
  ]);
  const { body } = await ask<{ items: { id: string; externalId: string }[] }>(
    ...([hub, "GET", "/api/incidents?limit=500"] as const),
    { cookie: cookies.get("leader")! },
  );
  return body.items.find(({ externalId }) => externalId === step)!.id;
}

async function passes(step: StepName, role: RoleCode): Promise<boolean> {
  const cookie = cookies.get(role)!;
  const path = `/api/incidents/${incident}`;
  const { body } = await ask<{ incident: { rev: number } }>(
    ...([hub, "GET", path] as const),
    { cookie: cookies.get("leader")! },
  );
  const answer = await ask(hub, "POST", `${path}/steps`, {
    cookie,
    body: {
      rev: body.incident.rev,
      asked: { step, body: STEP_ROWS[step].body ?? {} },
    },
  });
  expect([200, 401, 403, 404, 422]).toContain(answer.status);
  return answer.status === 200 || answer.status === 422;
}

describe("every step and every role", () => {
  for (const step of Object.keys(STEPS) as StepName[])
    it(step, async () => {
      incident = await reported(step);
      const through: RoleCode[] = [];
      for (const role of RoleCode.options)
        if (await passes(step, role)) through.push(role);
      expect(through.sort()).toEqual([...new Set(STEP_ROWS[step].may)].sort());
    });
});
