/** What the store keeps of changes of status that are still to be told. */
import { describe, expect, it } from "vitest";
import type { Held, HistoryLine } from "../../contract/incident.ts";
import type { Notices, Store } from "../../server/store/store.ts";
import { incident } from "./city.ts";

export function outboxOf(store: () => Store): void {
  describe("the outbox", () => {
    const NOW = 1_000_000;
    const failure = { at: NOW, why: "it was answered with 503" };
    const ids = async () =>
      (await store().outbox.due(NOW, 100)).map(({ id }) => id);
    const report = async (id: string) =>
      (await store().incidents.report([incident(id)]))[0]!.held;

    async function step(held: Held, what = "register", due = NOW) {
      const rev = held.incident.rev + 1;
      const { id } = held.incident;
      const after = { ...held, incident: { ...held.incident, rev } };
      const line: HistoryLine = {
        ...{ rev, at: 0, who: "lin", name: "", what },
        ...{ from: null, to: null, detail: "", facts: {} },
      };
      const also: Notices = {
        notices: [
          {
            ...{ id: `${id}/${rev}`, incident: id, rev, system: "desk" },
            ...{ body: "{}", dueAt: due },
          },
        ],
        withdrawn: what === "undo" ? { incident: id, rev: rev - 1 } : null,
      };
      expect(await store().incidents.step(after, line, also)).toBeNull();
      return after;
    }

    it("tells of one incident one change at a time, in their order, and only when it is due", async () => {
      await store().outbox.putWebhook({
        ...{ system: "desk", url: "https://desk.example/", enabled: true },
        secret: "sealed",
      });
      const first = await step(await report("o-1"));
      const key = (rev: number) => `${first.incident.id}/${rev}`;
      await step(first);
      expect(await ids()).toEqual([key(2)]);
      await store().outbox.begin(key(2));
      await store().outbox.again(key(2), NOW + 1, failure);
      expect(await ids()).toEqual([]);
      await store().outbox.told(key(2), NOW);
      expect(await ids()).toEqual([key(3)]);
      await store().outbox.again(key(3), null, failure);
      expect(await ids()).toEqual([]);
      expect(await store().outbox.counts()).toEqual({ waiting: 0, dead: 1 });
      expect(await store().outbox.standings()).toMatchObject([
        {
          ...{ system: "desk", waiting: 0, dead: 1, tries: 0, nextAt: null },
          ...{ toldAt: NOW, failedAt: NOW, failure: failure.why },
        },
      ]);
    });

    it("forgets a step that was taken back, and its taking back, unless it was on its way", async () => {
      await step(await step(await report("o-2")), "undo");
      expect(await ids()).toEqual([]);

      const held = await step(await report("o-3"));
      const { id } = held.incident;
      expect(await store().outbox.begin(`${id}/2`)).toBe(true);
      await step(held, "undo");
      await store().outbox.told(`${id}/2`, NOW);
      expect(await ids()).toEqual([`${id}/3`]);
      await store().outbox.told(`${id}/3`, NOW);
    });

    it("keeps what is told of a report with it, once by the status that it changed, and nothing of a new one", async () => {
      const asked: (string | null)[] = [];
      const also = ({ incident: { id, rev } }: Held, line: HistoryLine) => {
        asked.push(`${line.from} ${line.to}`);
        return Promise.resolve<Notices>({
          notices: [
            {
              ...{ id: `${id}/${rev}`, incident: id, rev, system: "desk" },
              ...{ body: "{}", dueAt: NOW },
            },
          ],
          withdrawn: null,
        });
      };
      const told = (title: string, closedAt: number | null) =>
        store().incidents.report(
          [
            { ...incident("o-6"), title: `${title} 之前` },
            { ...incident("o-6"), title, closedAt },
          ],
          undefined,
          also,
        );
      await told("新报", null);
      expect(asked).toEqual([]);
      const [, last] = await told("已办", NOW);
      expect(asked).toEqual(["reported closed"]);
      const { id, rev } = last!.held.incident;
      expect(await ids()).toEqual([`${id}/${rev}`]);
      await store().outbox.told(`${id}/${rev}`, NOW);
    });

    it("writes nothing of a step that another was faster with", async () => {
      const held = await report("o-4");
      await step(held);
      const [due] = await ids();
      await expect(step(held)).rejects.toThrow();
      expect(await ids()).toEqual([due]);
      await store().outbox.told(due!, NOW);
    });

    it("keeps what is to be told to a system that is switched off, and tells it nothing", async () => {
      const { incident } = await step(await report("o-5"));
      const [hook] = await store().outbox.webhooks();
      await store().outbox.putWebhook({ ...hook!, enabled: false });
      expect(await ids()).toEqual([]);
      await store().outbox.putWebhook({ ...hook!, enabled: true });
      expect(await ids()).toEqual([`${incident.id}/2`]);
    });

    it("sends again at once what was tried, and forgets all with a system that is dropped", async () => {
      await store().outbox.begin((await ids())[0]!);
      const [key] = await ids();
      await store().outbox.again(key!, null, failure);
      expect(await store().outbox.retry("desk", NOW)).toBe(1);
      expect(await ids()).toEqual([key]);
      await store().outbox.dropWebhook("desk");
      expect(await store().outbox.standings()).toEqual([]);
      expect((await store().outbox.counts()).waiting).toBe(0);
    });
  });
}
