/**
 * The way in, step by step: password or link, second factor, new password, a
 * factor to set up. Whatever fails answers alike and takes as long.
 */
import { wholeToken } from "../../contract/link.ts";
import { say, type Sentence } from "../../contract/sentence.ts";
import { DAY } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import { noted, type Tell } from "./audit.ts";
import { Denied } from "./denied.ts";
import { recoveryHash, stepOf } from "./factor.ts";
import { createKept } from "./kept.ts";
import { isPassword } from "./passwords.ts";
import type { KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import { createProofs, FACTOR, type Proofs } from "./proofs.ts";
import type { Roles } from "./roles.ts";
import type { Seal } from "./seal.ts";
import { createSecret, hashOf } from "./secrets.ts";
import type { Sessions } from "./sessions.ts";
import { createSteps } from "./steps.ts";
import { createTries, objectOf, wrong } from "./tries.ts";

export const LINK_FOR = 3 * DAY;

/** Where a sign-in comes from. */
export interface About {
  address: string;
  browser: string;
}

export interface SignIn extends Proofs {
  byPassword(
    given: { login: string; password: string },
    about: About,
    tell: Tell,
  ): Promise<string>;
  byLink(token: string, about: About, tell: Tell): Promise<string>;
  /** @param strong did the other side ask for a second factor? */
  byOther(
    account: AccountRecord,
    strong: boolean,
    about: About,
    tell: Tell,
  ): Promise<string>;
  giveCode(who: Principal, code: string, tell: Tell): Promise<string>;
  unlock(who: Principal, password: string, tell: Tell): Promise<void>;
  /**
   * A one-time link for an account; former ones end.
   * @param half that somebody else is told; what is returned opens with it alone
   */
  link(
    account: string,
    half?: string,
  ): Promise<{ token: string; until: number }>;
}

export function createSignIn(ask: {
  store: Pick<Store, "accounts">;
  sessions: Sessions;
  roles: Roles;
  policy: KeptPolicy;
  seal: Seal;
  clock: Clock;
  demo: boolean;
  /** Shown in the telephone's app. */
  issuer: string;
}): SignIn {
  const { sessions, policy, seal, clock, demo } = ask;
  const { accounts } = ask.store;
  const tries = createTries(ask);
  const steps = createSteps(ask);
  const { accountOf, stageOf, complete, goOn } = steps;
  /** Session → tries to unlock it. A desk has its own: no stranger who fails at the door keeps its person out. */
  const unlocking = createKept<number>(sessions);

  async function enter(
    account: AccountRecord,
    ask: { how: Sentence; isStrong: boolean; about: About; tell: Tell },
  ): Promise<string> {
    // Who proved it strongly elsewhere need not do so again.
    const stage = ask.isStrong ? "complete" : stageOf(account, demo);
    await ask.tell({
      object: objectOf(account),
      detail: noted(
        ask.how,
        ...(stage === "complete" ? [] : [say("nextStep", { stage })]),
      ),
      who: account,
    });
    if (stage === "complete") await complete(account);
    // As it was judged: what changed since, the session finds.
    return sessions.open(account, stage, ask.about);
  }

  /** @returns what spends a right code, true for the first who does; null for a wrong one */
  async function spendingOf({ id, ...account }: AccountRecord, code: string) {
    if (account.factor === null) return null;
    const secret = seal.unseal(FACTOR, account.factor);
    const step = await stepOf(secret, code, account.factorStep, clock.now());
    if (step !== null) return () => accounts.spendStep(id, step);
    const hash = recoveryHash(code);
    const left = account.recovery.filter((one) => one !== hash);
    return left.length < account.recovery.length
      ? () => accounts.spendRecovery(id, account.recovery, left)
      : null;
  }

  return {
    ...createProofs({ ...ask, tries, steps }),

    async byPassword({ login, password }, about, tell) {
      const found = await accounts.byLogin(login.trim().toLowerCase());
      const account = await tries.judge(found, say("wrongPassword"), () =>
        isPassword(password, found?.password ?? null),
      );
      // With a factor to come, a password alone ends no series of failures.
      if (account.factor === null) await tries.settle(account);
      return enter(account, {
        ...{ how: say("byPassword"), isStrong: false, about, tell },
      });
    },

    async byLink(token, about, tell) {
      // One sentence for wrong, used and expired alike.
      const invalid = () =>
        new Denied(401, say("linkNotValid"), {
          refused: { object: "account", detail: say("linkRefused").message },
        });
      const link = hashOf(token);
      const account = await accounts.byLink(link, clock.now());
      if (!account?.enabled) throw invalid();
      return enter(account, {
        ...{ how: say("byLink"), isStrong: false, about },
        tell: async (line) => {
          await tell(line);
          if (!(await accounts.spendLink(link, clock.now()))) throw invalid();
        },
      });
    },

    byOther: (account, strong, about, tell) =>
      enter(account, {
        ...{ how: say("bySingleSignOn"), isStrong: strong, about, tell },
      }),

    async giveCode(who, code, tell) {
      const account = await accountOf(who, ["code"]);
      const spend = await spendingOf(account, code);
      const isRight = () => Promise.resolve(spend !== null);
      await tries.judge(account, say("wrongCode"), isRight, "/body/code");
      await tell({ object: objectOf(account) });
      if (!(await spend!()))
        throw wrong(
          objectOf(account),
          say("fasterOther").message,
          "/body/code",
        );
      return goOn(who, account);
    },

    async unlock(who, password, tell) {
      const account = await accountOf(who, ["locked"]);
      const { lockAfter } = policy.now();
      const count = (unlocking.get(who.id) ?? 0) + 1;
      const isLast = count >= lockAfter;
      unlocking.set(who.id, count);
      const isOwn =
        count <= lockAfter && (await isPassword(password, account.password));
      if (!isOwn) {
        if (isLast) await sessions.end([who.id], "ended");
        const detail = noted(
          say("wrongPassword"),
          ...(isLast ? [say("sessionEnds")] : []),
        );
        throw wrong(objectOf(account), detail, "/body/password");
      }
      unlocking.delete(who.id);
      await tell({ object: objectOf(account) });
      await tries.settle(account);
      // What became due meanwhile is asked for now.
      await sessions.unlock(who.id, stageOf(account, true), account);
    },

    async link(account, half) {
      const token = createSecret();
      const until = clock.now() + LINK_FOR;
      const whole = half === undefined ? token : wholeToken(half, token);
      await accounts.addLink(hashOf(whole), account, until);
      return { token, until };
    },
  };
}
