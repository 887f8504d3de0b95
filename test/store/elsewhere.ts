/** What the store keeps of cases that other systems work on, and of what people found of sightings. */
import { describe, expect, it } from "vitest";
import type { Dossier } from "../../contract/dossier.ts";
import type { Held, HistoryLine } from "../../contract/incident.ts";
import type { IncidentStatus } from "../../contract/incident-status.ts";
import type { Store } from "../../server/store/store.ts";
import { NO_DOSSIER } from "../kit/rules.ts";
import { incident } from "./city.ts";

export function elsewhereOf(store: () => Store): void {
  describe("a case of another system", () => {
    const told = (id: string, status: IncidentStatus, title = "井盖缺失") =>
      incident(id, {
        ...{ status, title },
        dossier: {
          ...NO_DOSSIER,
          elsewhere: { status, department: null, deadlines: {} },
        },
      });
    const step = (held: Held, what: string, dossier: Partial<Dossier>) => {
      const { rev } = held.incident;
      const after: Held = {
        incident: { ...held.incident, rev: rev + 1 },
        dossier: { ...held.dossier, ...dossier },
      };
      const line: HistoryLine = {
        ...{ rev: rev + 1, at: 0, who: "lin", name: "", what },
        ...{ from: null, to: null, detail: "", facts: {} },
      };
      return store()
        .incidents.step(after, line)
        .then(() => after);
    };

    it("follows its sender until somebody here takes it over, and then only its history does", async () => {
      const report = async (status: IncidentStatus, title?: string) =>
        (await store().incidents.report([told("e-1", status, title)]))[0]!;
      await report("registered");
      const moved = await report("handling");
      expect(moved.held.incident.status).toBe("handling");
      expect((await report("handling")).outcome).toBe("duplicate");

      await step(moved.held, "note", { isTaken: true });
      const after = await report("closed");
      expect(after.outcome).toBe("updated");
      expect(after.held.incident.status).toBe("handling");
      expect(after.held.dossier).toMatchObject({
        ...{ isTaken: true, elsewhere: { status: "closed" } },
      });
      const { id } = after.held.incident;
      const { history } = (await store().incidents.get(id))!;
      expect(history.map(({ what }) => what)).toEqual([
        ...["registered", "handling", "note", "updated"],
      ]);
      expect(history.at(-1)!.facts).toMatchObject({
        elsewhere: { status: "closed" },
      });
      expect((await report("closed")).outcome).toBe("duplicate");
    });

    it("counts what people found of each algorithm, and what was taken back no more", async () => {
      const sighting = { algorithmCode: "ponding", verdict: null };
      const box = { x: 0, y: 0, width: 1, height: 1 };
      const found = async (
        id: string,
        verdict: "true" | "falsePositive" | null,
      ) => {
        const dossier = { ...NO_DOSSIER, sighting: { ...sighting, box } };
        const [{ held }] = (await store().incidents.report([
          incident(id, { dossier }),
        ])) as [{ held: Held }, ...unknown[]];
        return step(held, "judge", {
          sighting: { ...sighting, box, verdict },
        });
      };
      await found("s-1", "true");
      const wrong = await found("s-2", "falsePositive");
      await found("s-3", null);
      const counted = { algorithm: "ponding", judged: 2, falsePositives: 1 };
      expect(await store().incidents.verdicts()).toEqual([counted]);
      await step(wrong, "undo", { sighting: { ...sighting, box } });
      expect(await store().incidents.verdicts()).toEqual([
        { ...counted, judged: 1, falsePositives: 0 },
      ]);
    });
  });
}
