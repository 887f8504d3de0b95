/** The rules of sign-in, as the security administrator set them. */
import { Policy } from "../../contract/rights.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";

/** As 等保 level 3 asks (domain.md §12). */
export const SHIPPED_POLICY: Policy = {
  passwordLength: 10,
  passwordKinds: 3,
  passwordHistory: 5,
  passwordDays: 90,
  lockAfter: 5,
  lockFor: 15 * MINUTE,
  idleAfter: 15 * MINUTE,
  sessionFor: 12 * HOUR,
  oneSession: false,
  reporterDays: 365,
  auditDays: 365,
};

export interface KeptPolicy {
  now(): Policy;
  set(policy: Policy): Promise<void>;
}

export async function openPolicy(facts: {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
}): Promise<KeptPolicy> {
  const kept = Policy.partial().safeParse(await facts.get("policy"));
  let policy: Policy = { ...SHIPPED_POLICY, ...kept.data };
  return {
    now: () => policy,
    async set(changed) {
      await facts.set("policy", changed);
      policy = changed;
    },
  };
}

export const isPasswordOld = (
  { passwordDays }: Policy,
  passwordAt: number | null,
  now: number,
): boolean =>
  passwordDays > 0 &&
  passwordAt !== null &&
  now - passwordAt > passwordDays * DAY;
