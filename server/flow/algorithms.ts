/** The city's algorithms: stored first, then held for whoever judges a sighting. */
import type { Algorithm } from "../../contract/algorithm.ts";
import type { Store } from "../store/store.ts";

export interface AlgorithmFlow {
  /** By code; changes in place. */
  held: ReadonlyMap<string, Algorithm>;
  put(row: Algorithm): Promise<void>;
}

/** @param packed what a store begins with; a row that somebody changed stays as it is */
export async function openAlgorithms(
  store: Pick<Store, "algorithms">,
  packed: readonly Algorithm[],
): Promise<AlgorithmFlow> {
  await store.algorithms.import(packed);
  const held = new Map(
    (await store.algorithms.all()).map((row) => [row.code, row]),
  );
  return {
    held,
    async put(row) {
      await store.algorithms.put(row);
      held.set(row.code, row);
    },
  };
}
