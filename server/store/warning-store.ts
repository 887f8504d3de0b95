/** Warnings of the city and of others. */
import type { WarningStanding, WarningView } from "../../contract/warning.ts";

export interface WarningStore {
  /**
   * Keeps them, all or none; none of them is awaited any more. With `also`
   * what one of them does to others: which now stand differently, and which
   * it ends that have not come yet.
   */
  put(
    items: WarningView[],
    also?: {
      by: WarningView;
      awaits: string[];
      changed?: WarningStanding[];
    },
  ): Promise<void>;
  /** Messages that came before this one and end it. */
  awaiting(id: string): Promise<WarningStanding[]>;
  /** Those of the city that are not expired, not cancelled, not superseded at `now`, in the order they were sent. */
  inForce(now: number, batch: (items: WarningView[]) => void): Promise<void>;
  /** How those of them stand that are known. */
  standing(ids: string[]): Promise<WarningStanding[]>;
  count(feed: string): Promise<number>;
}
