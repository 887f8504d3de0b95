/** Kept filters of the queue. */
import type { QueueFilter } from "../../contract/filter.ts";

/** A kept filter of the queue, with the account that keeps it. */
export interface FilterRow {
  id: string;
  account: string;
  /** Name of whoever kept it last. */
  by: string;
  name: string;
  shared: boolean;
  filter: QueueFilter;
  savedAt: number;
}

export interface FilterStore {
  /**
   * Keeps it; of one account's own, or of those for everybody, one with the
   * same name is replaced and keeps its id.
   * @returns as it is kept
   */
  put(row: FilterRow): Promise<FilterRow>;
  get(id: string): Promise<FilterRow | null>;
  /** An account's own and those for everybody, by name. */
  of(account: string): Promise<FilterRow[]>;
  drop(id: string): Promise<void>;
}
