/** What the city says of itself: departments, algorithms, tables of rules, small facts. */
import type { Algorithm } from "../../contract/algorithm.ts";
import type { Department } from "../../contract/city.ts";
import type { Edition, RuleTable } from "../../contract/rule-table.ts";

export interface DepartmentStore {
  /** D6: what an admin edited is not overwritten. */
  import(rows: Department[]): Promise<void>;
  put(row: Department): Promise<void>;
  all(): Promise<Department[]>;
}

export interface AlgorithmStore {
  /** D6: what an admin edited is not overwritten. */
  import(rows: readonly Algorithm[]): Promise<void>;
  put(row: Algorithm): Promise<void>;
  all(): Promise<Algorithm[]>;
}

/** What the city took as its tables of rules. */
export interface RuleStore {
  /** Newest first. */
  editions(table: RuleTable, limit: number): Promise<Edition[]>;
  rows(table: RuleTable, no: number): Promise<unknown[] | null>;
  /** @returns false where another took this edition first */
  put(
    table: RuleTable,
    edition: { no: number; at: number; who: string },
    rows: readonly unknown[],
  ): Promise<boolean>;
}

/** Small named JSON values: city pack version, epoch, demo flag, open alarms, … */
export interface FactStore {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
}
