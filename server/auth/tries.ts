/** Tries to prove who one is: each counts before it is judged, and a right one takes its count back. */
import { say, type Sentence } from "../../contract/sentence.ts";
import type { Clock } from "../lib/clock.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import { noted } from "./audit.ts";
import { Denied } from "./denied.ts";
import type { KeptPolicy } from "./policy.ts";

/** One sentence for a wrong name, a wrong password, a wrong code and a locked account. */
const WRONG = say("notRight");

export const objectOf = ({ login }: { login: string }): string =>
  `account/${login}`;

/** @param path of the field that was wrong, where somebody is in already: a 401 would put him out */
export const wrong = (object: string, detail: string, path?: string): Denied =>
  new Denied(path === undefined ? 401 : 422, WRONG, {
    refused: { object, detail },
    ...(path !== undefined && { errors: [{ path, ...WRONG }] }),
  });

export interface Tries {
  /** Counts the try, then judges it. What it takes is spent only when the audit knows. @throws Denied */
  judge(
    account: AccountRecord | null,
    what: Sentence,
    isRight: () => Promise<boolean>,
    path?: string,
  ): Promise<AccountRecord>;
  /** Ends a series of failures. */
  settle(account: AccountRecord): Promise<unknown>;
}

export function createTries(ask: {
  store: Pick<Store, "accounts">;
  policy: KeptPolicy;
  clock: Clock;
}): Tries {
  const { policy, clock } = ask;
  const { accounts } = ask.store;
  return {
    async judge(account, what, isRight, path) {
      const { lockAfter, lockFor } = policy.now();
      const failures = await accounts.countTry(
        account?.id ?? "nobody",
        ...([clock.now(), lockAfter, lockFor] as const),
      );
      const right = await isRight();
      if (!account) throw wrong("account", say("unknownName").message);
      const object = objectOf(account);
      if (!account.enabled) throw wrong(object, say("isOff").message, path);
      if (failures === null) throw wrong(object, say("itWaits").message, path);
      if (right) {
        await accounts.forgiveTry(account.id, lockAfter);
        return account;
      }
      const waits = failures >= lockAfter;
      throw wrong(
        object,
        noted(what, ...(waits ? [say("waitsFromNow")] : [])),
        path,
      );
    },

    settle: ({ id }) => accounts.change(id, { failures: 0, lockedUntil: null }),
  };
}
