/** What incidents are found by is read in turns: a department's payload keeps nobody waiting. */
import { expect, it } from "vitest";
import type { Held } from "../../contract/incident.ts";
import { NO_DOSSIER } from "../../test/kit/rules.ts";
import { createIncidentWords } from "./incident-words.ts";

/** Each takes three ms to read, as a long report does. */
const words = createIncidentWords(
  {
    words: {
      kept: (found) => [...found].join(" "),
      found: () => expect.unreachable(),
    },
  },
  ({ title, description, address }) => {
    const until = performance.now() + 1.5;
    while (performance.now() < until);
    return { title, description, address };
  },
);
const held = (i: number) =>
  ({
    incident: {
      ...{ id: `incident-${i}`, title: `井盖 ${i}`, description: "破损" },
      ...{ address: "", status: "closed", priority: null, category: null },
      ...{ source: "hotline", centre: null, district: null, feed: "hotline" },
      department: "URBAN",
    },
    dossier: NO_DOSSIER,
  }) as unknown as Held;

it("gives way while it reads a hundred reports, and reads them all in their order", async () => {
  let turns = 0;
  let isRead = false;
  const turn = () => {
    turns++;
    if (!isRead) setImmediate(turn);
  };
  setImmediate(turn);
  const all = Array.from({ length: 100 }, (_, i) => held(i));
  const { each } = await words.put(
    all.map((held) => ({ held, reporter: null })),
  );
  isRead = true;
  expect(turns).toBeGreaterThan(30);
  expect(each!.map(([id]) => id)).toEqual(
    all.map(({ incident }) => incident.id),
  );
  expect(String(each![7]![1])).toContain("破损");
});
