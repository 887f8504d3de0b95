/** A matter that a district's centre passed on, over the real doors: what is left to that centre. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../contract/door.ts";
import type { IncidentView } from "../../contract/incident.ts";
import type { RoleCode } from "../../contract/role.ts";
import { STEPS, type StepName } from "../../contract/step.ts";
import { told } from "../flow/city.ts";
import { PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { ask, newPerson } from "../kit/staff.ts";
import { AFTER_PASSING, STEP_ROWS } from "./steps.ts";

let hub: Hub;
/** Of the whole city. */
let city = "";
/** Every right that works on incidents, of the western centre. */
let west = "";
const ROLES: RoleCode[] = [
  ...(["shiftLeader", "centreChief", "sectionHead"] as const),
  ...(["hotlineSeat", "deptHandler", "leader"] as const),
];

beforeAll(async () => {
  hub = await startHub({
    city: {
      feeds: [{ id: "hotline", format: "incidents/1", department: "ECO" }],
      centres: { WEST: "west", EAST: "east" },
    },
  });
  city = await hub.signIn("shiftLeader");
  const scope = { departments: ["WEST"], districts: null };
  west = (await newPerson(hub, "west", ROLES, scope)).cookie;
});
afterAll(() => hub.stop());

async function reported(externalId: string): Promise<string> {
  await told(hub, "hotline", [
    {
      ...{ externalId, source: "12345", title: externalId },
      ...{ reportedAt: Date.now(), ...PLACES.west },
    },
  ]);
  const { body } = await ask<{ items: { id: string; externalId: string }[] }>(
    ...([hub, "GET", "/api/incidents?limit=500"] as const),
    { cookie: city },
  );
  return body.items.find((each) => each.externalId === externalId)!.id;
}

describe("a district's centre that passed a matter on", () => {
  const look = async (id: string, cookie: string) =>
    (
      await ask<IncidentView>(hub, "GET", `/api/incidents/${id}`, {
        ...{ cookie },
      })
    ).body;
  async function take(id: string, cookie: string, step: string, body: object) {
    const { incident } = await look(id, city);
    return ask<Problem>(hub, "POST", `/api/incidents/${id}/steps`, {
      ...{ cookie, body: { rev: incident.rev, asked: { step, body } } },
    });
  }
  const passed = {
    up: (id: string) => take(id, west, "passUp", { reason: "难办" }),
    down: (id: string) => take(id, west, "passDown", { centre: "EAST" }),
  };
  const said = { up: "passedUp", down: "passedDown" };

  it.each(["up", "down"] as const)(
    "%s reads it and takes no step but a note, or that one back",
    async (way) => {
      const id = await reported(`passed ${way}`);
      await take(id, city, "passDown", { centre: "WEST" });
      expect((await passed[way](id)).status).toBe(200);
      const { incident, legal } = await look(id, west);
      expect(incident.centre).toBe(way === "up" ? null : "EAST");
      expect(legal.map(({ step }) => step)).toEqual(["note", "undo"]);
      // The steps that are left come last: whatever they change, nothing is asked after.
      const names = Object.keys(STEPS) as StepName[];
      for (const step of names.filter((one) => !AFTER_PASSING.includes(one))) {
        const body = STEP_ROWS[step].body ?? {};
        const { status, body: problem } = await take(id, west, step, body);
        expect({ step, status, code: problem.code }).toEqual({
          ...{ step, status: 403, code: said[way] },
        });
      }
      for (const step of AFTER_PASSING) {
        const body = STEP_ROWS[step].body ?? {};
        expect((await take(id, west, step, body)).status).toBe(200);
      }
    },
  );
});
