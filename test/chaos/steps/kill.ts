/** Kills the hub in the middle of officers' steps, again and again, and looks at what is left. */
import type { IncidentView } from "../../../contract/incident.ts";
import type { RoleCode } from "../../../contract/role.ts";
import type { StepName } from "../../../contract/step.ts";
import { createChance } from "../../kit/chance.ts";
import { PLACES } from "../../kit/city.ts";
import { startHub, type Hub } from "../../kit/hub.ts";
import { rulesOf } from "../../kit/rules.ts";
import { ask } from "../../kit/staff.ts";
import { bodyFor, DEPARTMENT } from "../../kit/step-body.ts";
import { told } from "../../flow/city.ts";
import { replayed } from "./replayed.ts";
import { createAreaIndex } from "../../../server/hub/areas.ts";

/** Worked on at the same time. */
const INCIDENTS = 12;
/** Steps that are under way when the hub dies. */
const UNDER_WAY = 4;
const WORKERS: readonly RoleCode[] = [
  ...(["shiftLeader", "acceptor", "dispatcher", "deptHandler"] as const),
  ...(["gridWorker", "hotlineSeat", "centreChief"] as const),
];

export interface StepReport {
  tries: number;
  acknowledged: number;
  /** Acknowledged and not in the history. */
  lost: number;
  /** Incidents looked at, and those whose state is not what their history makes of it. */
  looked: number;
  wrong: number;
  complaints: string[];
}

/** Of another incident, or of places and centres that the test's city lacks. */
const LEFT_OUT: readonly StepName[] = ["merge", "unmerge", "passDown"];
/** They end what others could go on with: rarer, so that incidents live. */
const RARE: readonly StepName[] = ["decline", "void"];

export async function killBetweenSteps(options: {
  tries: number;
  seed: number;
  log: (line: string) => void;
}): Promise<StepReport> {
  const chance = createChance(options.seed);
  const hub = await startHub({
    city: {
      feeds: [{ id: "hotline", format: "incidents/1", department: DEPARTMENT }],
    },
  });
  const report: StepReport = {
    ...{ tries: 0, acknowledged: 0, lost: 0, looked: 0, wrong: 0 },
    complaints: [],
  };
  /** Incident → the steps that were acknowledged, by revision. */
  const acknowledged = new Map<string, Map<number, StepName>>();
  const ids: string[] = [];
  const rules = rulesOf(
    { districtAt: () => null, ...createAreaIndex([]), inside: () => true },
    ["ECO", "TEST", "HOTLINE"],
  );
  try {
    const cookies = new Map<RoleCode, string>();
    for (const role of WORKERS) cookies.set(role, await hub.signIn(role));
    let running = 0;

    async function more(): Promise<void> {
      while (ids.length < INCIDENTS)
        ids.push(await reported(hub, `m-${running++}`, cookies));
    }

    async function step(id: string): Promise<void> {
      const role = chance.one(WORKERS);
      const cookie = cookies.get(role)!;
      const view = await viewOf(hub, id, cookie);
      if (!view) return;
      const possible = view.legal.filter(
        ({ step, obstacle }) =>
          obstacle === null &&
          !LEFT_OUT.includes(step) &&
          (!RARE.includes(step) || chance.next() < 0.1),
      );
      if (possible.length === 0) return;
      const legal = chance.one(possible);
      const { rev } = view.incident;
      const answer = await ask<{ incident: { rev: number } }>(
        ...([hub, "POST", `/api/incidents/${id}/steps`] as const),
        {
          cookie,
          body: {
            rev,
            asked: {
              step: legal.step,
              body: bodyFor(legal, view.dossier, chance, Date.now()),
            },
          },
        },
      );
      if (answer.status !== 200) return;
      report.acknowledged++;
      const known = acknowledged.get(id) ?? new Map<number, StepName>();
      acknowledged.set(id, known.set(answer.body.incident.rev, legal.step));
    }

    async function look(id: string): Promise<boolean> {
      const view = await viewOf(hub, id, cookies.get("shiftLeader")!);
      if (!view) {
        report.complaints.push(`${id} is gone`);
        return true;
      }
      report.looked++;
      const { incident, dossier, history } = view;
      const complain = (what: string) =>
        void report.complaints.push(`${incident.number}: ${what}`);
      for (const [rev, name] of acknowledged.get(id) ?? [])
        if (history[rev - 1]?.what !== name) {
          report.lost++;
          complain(`revision ${rev} is not ${name}`);
        }
      if (history.some((line, i) => line.rev !== i + 1))
        complain("its history has a gap");
      const should = replayed(incident, history, rules);
      const isSame =
        JSON.stringify(should.dossier) === JSON.stringify(dossier) &&
        should.incident.status === incident.status &&
        should.incident.rev === incident.rev;
      if (!isSame) {
        report.wrong++;
        complain(
          `it is ${incident.status} at ${incident.rev}, its history makes it ${should.incident.status} at ${should.incident.rev}`,
        );
      }
      return ["declined", "voided", "evaluated"].includes(incident.status);
    }

    for (; report.tries < options.tries; report.tries++) {
      await more();
      // Some steps in peace, then some that the hub dies in.
      for (let i = 0; i < 6; i++) await step(chance.one(ids));
      const steps = Array.from({ length: UNDER_WAY }, () =>
        step(chance.one(ids)).catch(() => undefined),
      );
      await new Promise((go) => setTimeout(go, chance.between(0, 40)));
      await hub.kill();
      await Promise.all(steps);
      const ms = await hub.restart();
      for (const id of [...ids])
        if (await look(id)) ids.splice(ids.indexOf(id), 1);
      if ((report.tries + 1) % 20 === 0)
        options.log(
          `${report.tries + 1} kills: ${report.acknowledged} steps acknowledged, ${report.lost} lost, ${report.wrong} of ${report.looked} states wrong; ready again in ${ms} ms`,
        );
    }
    return report;
  } finally {
    await hub.stop();
  }
}

async function viewOf(hub: Hub, id: string, cookie: string) {
  const { status, body } = await ask<IncidentView>(
    ...([hub, "GET", `/api/incidents/${id}`] as const),
    { cookie },
  );
  return status === 200 ? body : null;
}

async function reported(
  hub: Hub,
  externalId: string,
  cookies: ReadonlyMap<RoleCode, string>,
): Promise<string> {
  await told(hub, "hotline", [
    {
      ...{ externalId, source: "12345", title: externalId },
      ...{ category: "0406", reportedAt: Date.now(), ...PLACES.west },
    },
  ]);
  const { body } = await ask<{ items: { id: string; externalId: string }[] }>(
    ...([hub, "GET", "/api/incidents?limit=500"] as const),
    { cookie: cookies.get("shiftLeader")! },
  );
  return body.items.find((each) => each.externalId === externalId)!.id;
}
