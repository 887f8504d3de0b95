import { say } from "../../../contract/sentence.ts";
import type { AlgorithmFlow } from "../../flow/algorithms.ts";
import type { Store } from "../../store/store.ts";
import { differences } from "../differences.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

const UNJUDGED = { judged: 0, falsePositives: 0 };
const CODE = /^[\w.-]{1,64}$/;

export function algorithmHandlers(
  algorithms: AlgorithmFlow,
  { incidents }: Pick<Store, "incidents">,
): Pick<Handlers, "listAlgorithms" | "putAlgorithm"> {
  return {
    async listAlgorithms() {
      const verdicts = await incidents.verdicts();
      const rows = [...algorithms.held.values()];
      return {
        items: rows
          .sort((a, b) => (a.code < b.code ? -1 : 1))
          .map((row) => {
            const { judged, falsePositives } =
              verdicts.find(({ algorithm }) => algorithm === row.code) ??
              UNJUDGED;
            const rate = judged === 0 ? null : falsePositives / judged;
            return { ...row, judged, falsePositives, falsePositiveRate: rate };
          }),
      };
    },

    async putAlgorithm({ params, body, witness }) {
      const code = params["code"]!;
      if (!CODE.test(code))
        throw new HttpProblem(422, say("algorithmCode"), {
          errors: [{ path: "/params/code", ...say("algorithmCode") }],
        });
      const before = algorithms.held.get(code);
      const row = { code, ...body };
      await witness({
        object: `algorithm/${code}`,
        ...(before ? differences(before, row) : { after: row }),
      });
      await algorithms.put(row);
      return row;
    },
  };
}
