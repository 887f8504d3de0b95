/** A row of each noun of the desk, so that a move of a store has something to lose. */
import type { Held } from "../../contract/incident.ts";
import type { Store } from "../../server/store/store.ts";
import { alarm } from "./alarms.ts";
import { sent } from "./attachments.ts";
import { HOSTILE } from "./city.ts";
import { dutyEntry, handOver, rosterRow } from "./duty.ts";
import { filter } from "./filters.ts";

export async function fillDesk(store: Store): Promise<void> {
  const { id } = alarm;
  // What is over is kept beside what stands.
  await store.alarms.put({ id, alarm, shelf: null }, { ...alarm, overAt: 1 });
  await store.algorithms.put({
    ...{ code: "ponding", nameZh: HOSTILE, nameEn: "Ponding", version: "1" },
    ...{ threshold: 0.6, enabled: true },
  });
  await store.rules.put("calendar", { no: 1, at: 1, who: "lin" }, [HOSTILE]);
  await store.attachments.put(sent("a", "lin", 1));
  await store.filters.put(filter("f1", HOSTILE));
  const duty = store.duty.of(null);
  await duty.importRoster([rosterRow("2026-11-27", HOSTILE)]);
  await store.duty.of("EAST").add(dutyEntry("e2", { text: HOSTILE }));
  const { rev } = await duty.roster("2026-11-27", "2026-11-27");
  const change = { rev, who: "lin", at: 1 };
  await duty.putRoster([rosterRow("2026-11-28", "乙")], change);
  await duty.add(dutyEntry("e1", { text: HOSTILE }));
  await duty.handOver(handOver("h1"));
  await store.outbox.putWebhook({
    ...{ system: "desk", url: "https://desk.example/", enabled: true },
    secret: "sealed",
  });
}

/** Takes a step that tells a system and judges an algorithm. */
export async function stepAndTell(
  store: Store,
  { incident, dossier }: Held,
  at: number,
): Promise<void> {
  const { id, rev } = incident;
  await store.incidents.step(
    {
      incident: { ...incident, rev: rev + 1 },
      dossier: {
        ...{ ...dossier, centres: ["EAST"] },
        sighting: {
          ...{ algorithmCode: "ponding", verdict: "falsePositive" },
          box: { x: 0, y: 0, width: 1, height: 1 },
        },
      },
    },
    {
      ...{ rev: rev + 1, at, who: "a", name: HOSTILE, what: "pass" },
      ...{ from: "reported", to: "reported", detail: "", facts: {} },
    },
    {
      notices: [
        {
          ...{ id: `${id}/${rev + 1}`, incident: id, rev: rev + 1 },
          ...{ system: "desk", body: "{}", dueAt: at },
        },
      ],
      withdrawn: null,
    },
    {
      stages: [
        {
          ...{ no: 1, stage: "accept", order: null, department: HOSTILE },
          ...{ startedAt: at, dueAt: at, firstDueAt: at, stoppedAt: at },
          ...{ settledAt: at, firstSettledAt: null, isKept: true },
          ...{ isFirstKept: false, natural: 0, worked: null },
        },
      ],
      acts: [{ rev: rev + 1, no: 0, act: "closed", at, department: HOSTILE }],
      undone: null,
      town: null,
    },
  );
}
