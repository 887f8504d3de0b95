/** The duty of every centre: the city's, and each district's its own. */
import type { DistrictCentre } from "../../contract/city.ts";
import type { DutyNow } from "../../contract/duty.ts";
import { dutyFor } from "../auth/wall.ts";
import type { CentreRow } from "../city/roster.ts";
import { isRead, type Centre } from "../hub/duty/centres.ts";
import type { Topics } from "../push/topics.ts";
import { createDutyFlow, type DutyFlow, type DutyParts } from "./duty.ts";

/** A centre, and its duty. */
export interface Kept {
  centre: Centre;
  duty: DutyFlow;
}

export interface DutiesFlow {
  /** The city's first. */
  all: readonly Kept[];
  city: DutyFlow;
  load(): Promise<void>;
  /** Called every second. */
  tick(): void;
  /** Does somebody keep the watch of any centre at this moment? */
  isOn(login: string): boolean;
}

export function createDutiesFlow(
  ask: DutyParts & {
    topics: Topics;
    pack: DutyParts["pack"] & {
      centres: readonly DistrictCentre[];
      roster: readonly CentreRow[];
    };
  },
): DutiesFlow {
  const { topics, pack } = ask;

  function keep(centre: Centre): Kept {
    const code = centre?.code ?? null;
    const duty = createDutyFlow({
      ...{ ...ask, centre },
      roster: pack.roster
        .filter((row) => row.centre === code)
        .map(({ centre: _, ...row }) => row),
      changed: () => topics.touch("duty", code ?? "now"),
    });
    return { centre, duty };
  }
  const city = keep(null);
  const all = [city, ...pack.centres.map(keep)];
  const byId = new Map(all.map((one) => [one.centre?.code ?? "now", one]));

  topics.fill(
    "duty",
    {
      ids: () => byId.keys(),
      accepts: () => () => true,
      // Whoever looks at the city may know whom to call there; a district's is told to those who read its duty.
      sees: (view) => (id) =>
        id === "now" || isRead(view, byId.get(String(id))?.centre ?? null),
      item(id, _params, view): DutyNow | null {
        const told = byId.get(String(id))?.duty.now(true) ?? null;
        return told && dutyFor(view, told);
      },
    },
    false,
  );

  return {
    all,
    city: city.duty,
    async load() {
      for (const { duty } of all) await duty.load();
    },
    tick() {
      for (const { duty } of all) duty.tick();
    },
    isOn: (login) => all.some(({ duty }) => duty.isOn(login)),
  };
}
