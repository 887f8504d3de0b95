import type { CityPack } from "../../city/pack.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";

const UNJUDGED = { judged: 0, falsePositives: 0 };

export function algorithmHandlers(
  { algorithms }: Pick<CityPack, "algorithms">,
  { incidents }: Pick<Store, "incidents">,
): Pick<Handlers, "listAlgorithms"> {
  return {
    async listAlgorithms() {
      const verdicts = await incidents.verdicts();
      return {
        items: algorithms.map((row) => {
          const found = verdicts.find(
            ({ algorithm }) => algorithm === row.code,
          );
          const { judged, falsePositives } = found ?? UNJUDGED;
          const rate = judged === 0 ? null : falsePositives / judged;
          return { ...row, judged, falsePositives, falsePositiveRate: rate };
        }),
      };
    },
  };
}
