import { say, type FieldSentence } from "../../../contract/sentence.ts";
import type { RosterRow, Shift } from "../../../contract/duty.ts";
import { readRoster } from "../../city/roster.ts";
import { TableError } from "../../city/table.ts";
import type { DutyFlow } from "../../flow/duty.ts";
import type { Store } from "../../store/store.ts";
import { faultsOf } from "../faults.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";
import { answered, centreOnly } from "./duty.ts";

/** Wrong lines that are told one by one. */
const TOLD = 20;

export function rosterHandlers(
  { roster }: Pick<DutyFlow, "roster">,
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

  return {
    listRoster: ({ query: { from, to } }) => roster.list(from, to),

    async putRoster({ body: { csv, rev }, who, witness }) {
      centreOnly(who, "roster");
      const rows = read(csv, shifts);
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

    async setRosterCells({ body: { cells, rev }, who, witness }) {
      centreOnly(who, "roster");
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

function read(csv: string, shifts: readonly Shift[]): RosterRow[] {
  try {
    return readRoster(csv, shifts);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw wrong(faultsOf(error, "/body/csv"));
  }
}

const wrong = (faults: FieldSentence[]): HttpProblem =>
  new HttpProblem(422, say("rosterWrong", { n: faults.length }), {
    errors: faults.slice(0, TOLD),
  });
