import { RuleTable, type Edition } from "../../../contract/rule-table.ts";
import { say } from "../../../contract/sentence.ts";
import { TableError } from "../../city/table.ts";
import { RulesRefusal } from "../../flow/rule-editions.ts";
import type { RulesFlow } from "../../flow/rules.ts";
import { faultsOf } from "../faults.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

const CSV = "/body/given/csv";
/** Flaws that a refusal repeats; a preview tells them all. */
const TOLD = 20;

/** What the audit keeps of an edition: its rows are kept by the store. */
const noted = ({ no, rows }: Edition) => ({ edition: no, rows });

export function ruleHandlers(
  rules: RulesFlow,
): Pick<Handlers, "getRules" | "previewRules" | "putRules"> {
  return {
    getRules: () => ({ limits: rules.limits(), calendar: rules.calendar() }),

    async previewRules({ params, body: { given } }) {
      const table = tableOf(params);
      try {
        return await answered(rules.preview(table, given));
      } catch (error) {
        if (!(error instanceof TableError)) throw error;
        return {
          flaws: faultsOf(error, CSV),
          ...{ limits: [], days: [], same: 0 },
          clocks: { running: 0, moved: 0, overdue: 0 },
        };
      }
    },

    async putRules({ params, body: { given, edition }, who, witness }) {
      const table = tableOf(params);
      const put = rules.put(table, given, {
        ...{ edition, who: who.login },
        witness: (before, after) =>
          witness({
            object: `rules/${table}`,
            before: noted(before),
            after: {
              ...noted(after),
              ...("no" in given && { asEdition: given.no }),
            },
          }),
      });
      try {
        return await answered(put);
      } catch (error) {
        if (!(error instanceof TableError)) throw error;
        const errors = faultsOf(error, CSV);
        throw new HttpProblem(422, say("rulesWrong", { n: errors.length }), {
          errors: errors.slice(0, TOLD),
        });
      }
    },
  };
}

function tableOf(params: Record<string, string>): RuleTable {
  const table = params["table"]!;
  const known = RuleTable.safeParse(table);
  if (!known.success) throw new HttpProblem(404, say("noRuleTable", { table }));
  return known.data;
}

async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof RulesRefusal)) throw error;
    throw new HttpProblem(error.why === "missing" ? 404 : 409, error.sentence);
  }
}
