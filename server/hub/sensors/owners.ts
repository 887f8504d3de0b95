import type { Words } from "./words.ts";

/** That feeds of a department speak for a system. */
export interface SystemOf {
  system: string;
  department: string;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Which departments' feeds speak for which system, by its number. */
export class Owners {
  /** Null before anybody told of feeds: then everyone owns all. */
  #bySystem: Set<string>[] | null = null;

  /** @returns systems whose owners are others than before. */
  set(feeds: readonly SystemOf[], systems: Words): number[] {
    const before = this.#bySystem;
    const isFirst = before === null;
    const after: Set<string>[] = [];
    for (const { system, department } of feeds)
      (after[systems.add(system)] ??= new Set()).add(department);
    this.#bySystem = after;
    return [...systems.all.keys()].filter(
      (system) =>
        isFirst || !areSame(before[system] ?? NOBODY, after[system] ?? NOBODY),
    );
  }

  /** Systems that feeds of one of these departments speak for; none before anybody told of feeds. */
  of(departments: readonly string[]): Set<number> {
    const systems = new Set<number>();
    this.#bySystem?.forEach((owners, system) => {
      if (departments.some((one) => owners.has(one))) systems.add(system);
    });
    return systems;
  }

  /** Is a system one of theirs? Looked up anew only when feeds were told of. */
  among(departments: readonly string[]): (system: number) => boolean {
    let seen = this.#bySystem;
    let systems = this.of(departments);
    return (system) => {
      if (seen !== this.#bySystem) {
        seen = this.#bySystem;
        systems = this.of(departments);
      }
      return systems.has(system);
    };
  }

  /** What no feed speaks for any more is nobody's: what it said last must not pass to others. */
  has(system: number, department: string): boolean {
    const all = this.#bySystem;
    return all === null || (all[system]?.has(department) ?? false);
  }
}

const areSame = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((one) => b.has(one));
