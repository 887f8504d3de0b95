/** What a change of rights does once two agreed on it. */
import type { ChangeRecord, Store } from "../store/store.ts";
import type { ChangeRules } from "./change-rules.ts";
import { forget } from "./forget.ts";
import { beginsAnew, halfOf } from "./halves.ts";
import type { KeptPolicy } from "./policy.ts";
import type { Roles } from "./roles.ts";
import type { Seal } from "./seal.ts";
import type { Sessions } from "./sessions.ts";
import type { SignIn } from "./sign-in.ts";

/** The confirmer's half of a link (ADR 0009); epoch ms. */
export interface Rest {
  rest: string;
  until: number;
}

/** @returns what brings a change into effect; that returns a link where the person begins anew */
export function createChangeEffect(ask: {
  store: Pick<Store, "accounts" | "rights">;
  rules: Pick<ChangeRules, "accountOf">;
  sessions: Sessions;
  signIn: Pick<SignIn, "link">;
  roles: Roles;
  policy: KeptPolicy;
  seal: Seal;
}): (change: ChangeRecord) => Promise<Rest | null> {
  const { store, sessions, roles, policy } = ask;
  const { accountOf } = ask.rules;

  async function newLink(id: string, account: string): Promise<Rest> {
    const half = halfOf(ask.seal, id);
    const { token, until } = await ask.signIn.link(account, half);
    return { rest: token, until };
  }

  return async ({ id, change, before }) => {
    switch (change.kind) {
      case "policy":
        await policy.set(change.policy);
        sessions.allActive();
        return null;
      case "role":
        await store.rights.setRoleActions(change.role, change.actions);
        roles.set(change.role, change.actions);
        sessions.changedAll();
        return null;
      case "access": {
        const { account, roles: held, scope } = change;
        const { origin } = await accountOf(account);
        // Nobody held a link of whom the single sign-on vouches for.
        const isAnew = origin === "local" && beginsAnew(change, before);
        if (isAnew) await forget(store, sessions, account);
        await store.accounts.setAccess(account, held, scope);
        if (!isAnew) {
          await sessions.changed(await accountOf(account));
          return null;
        }
        // Whoever came in before the roles were there does not grow into them.
        await sessions.endOf(account, "ended");
        return newLink(id, account);
      }
      case "enable":
        await store.accounts.change(change.account, {
          ...{ enabled: true, failures: 0, lockedUntil: null },
        });
        return null;
      case "reset":
        await forget(store, sessions, change.account);
        return newLink(id, change.account);
    }
  };
}
