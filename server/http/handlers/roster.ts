import { say, type FieldSentence } from "../../../contract/sentence.ts";
import type { RosterRow, Shift } from "../../../contract/duty.ts";
import type { Principal } from "../../auth/principal.ts";
import { readRoster, type CentreRow } from "../../city/roster.ts";
import { TableError } from "../../city/table.ts";
import type { DutiesFlow } from "../../flow/duties.ts";
import type { Store } from "../../store/store.ts";
import { faultsOf } from "../faults.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";
import { centreOf, ownCentreOf } from "./duty-centre.ts";
import { answered } from "./duty.ts";

/** Wrong lines that are told one by one. */
const TOLD = 20;

export function rosterHandlers(
  duties: DutiesFlow,
  shifts: readonly Shift[],
  { accounts }: Pick<Store, "accounts">,
): Pick<Handlers, "listRoster" | "putRoster" | "setRosterCells"> {
  /** @throws 422 where a row names an account that there is not */
  async function expectAccounts(
    rows: readonly Pick<RosterRow, "login">[],
    path: string,
  ): Promise<void> {
    const faults: FieldSentence[] = [];
    const logins = new Set(rows.map(({ login }) => login));
    logins.delete("");
    for (const login of logins)
      if (!(await accounts.byLogin(login)))
        faults.push({
          path,
          ...say("noAccount", { account: login }),
        });
    if (faults.length > 0) throw wrong(faults);
  }

  /** @throws 403 where the caller only reads it */
  function own(who: Principal, named: string | undefined) {
    const object = "roster";
    const { centre, duty } = ownCentreOf(duties, who, { named, object });
    return { roster: duty.roster, code: centre?.code ?? null };
  }
  const centres = duties.all.flatMap(({ centre }) => centre?.code ?? []);

  return {
    listRoster: ({ query: { centre, from, to }, who }) =>
      centreOf(duties, who, centre).duty.roster.list(from, to),

    async putRoster({ query, body: { csv, rev }, who, witness }) {
      const { roster, code } = own(who, query.centre);
      const rows = read(csv, shifts, { centres, own: code })
        .filter(({ centre }) => centre === code)
        .map(({ centre: _, ...row }) => row);
      await expectAccounts(rows, "/body/csv");
      return answered(
        roster.put(rows, {
          ...{ rev, by: who },
          witness: (days) =>
            witness({
              object: `roster/${days[0]!}`,
              after: { from: days[0], to: days.at(-1), days: days.length },
            }),
        }),
      );
    },

    async setRosterCells({ query, body: { cells, rev }, who, witness }) {
      const { roster } = own(who, query.centre);
      await expectAccounts(
        cells.flatMap(({ people }) => people),
        "/body/cells",
      );
      const kept = await answered(
        roster.setCells(cells, {
          ...{ rev, by: who },
          witness: (days) =>
            witness({
              object: `roster/${days[0]!}`,
              after: { from: days[0], to: days.at(-1), days: days.length },
            }),
        }),
      );
      return { rev: kept };
    },
  };
}

function read(
  csv: string,
  shifts: readonly Shift[],
  of: Parameters<typeof readRoster>[2],
): CentreRow[] {
  try {
    return readRoster(csv, shifts, of);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw wrong(faultsOf(error, "/body/csv"));
  }
}

const wrong = (faults: FieldSentence[]): HttpProblem =>
  new HttpProblem(422, say("rosterWrong", { n: faults.length }), {
    errors: faults.slice(0, TOLD),
  });
