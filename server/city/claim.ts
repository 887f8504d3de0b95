import type { Store } from "../store/store.ts";

/**
 * Marks a new store as demo or not, for ever (decisions E2).
 * @throws Error where a demo's store would go to production, or the other way round.
 */
export async function claimStore(store: Store, demo: boolean): Promise<void> {
  const flag = await store.facts.get("demo");
  if (flag === undefined || flag === null) return store.facts.set("demo", demo);
  if (flag === true && !demo)
    throw new Error(
      "this store belongs to a demo or a replay: production needs a store of its own (DATA_DIR or DATABASE_URL)",
    );
  if (flag === false && demo)
    throw new Error(
      "this store belongs to production: a demo never writes into it (DATA_DIR or DATABASE_URL)",
    );
}
