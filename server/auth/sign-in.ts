/**
 * The way in, step by step: password or link, second factor, new password, a
 * factor to set up. Whatever fails answers alike and takes as long.
 */
import { wholeToken } from "../../contract/link.ts";
import type { Stage } from "../../contract/session.ts";
import { DAY } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import { Denied } from "./denied.ts";
import {
  createFactor,
  createRecoveryCodes,
  factorUri,
  recoveryHash,
  stepOf,
} from "./factor.ts";
import { hashPassword, isPassword, passwordFlaws } from "./passwords.ts";
import { isPasswordOld, type KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import type { Roles } from "./roles.ts";
import type { Seal } from "./seal.ts";
import { createSecret, hashOf } from "./secrets.ts";
import type { Sessions } from "./sessions.ts";

/** One sentence for a wrong name, a wrong password, a wrong code and a locked account. */
const WRONG = "this is not right, or the account waits after too many failures";
export const LINK_FOR = 3 * DAY;
const FACTOR = "second factor";

export interface About {
  address: string;
  browser: string;
}

/** Leaves the line in the audit; what follows it takes effect. */
export type Tell = (line: {
  object: string;
  detail?: string;
  before?: unknown;
  after?: unknown;
  who?: Pick<Principal, "login" | "roles">;
}) => Promise<void>;

export interface SignIn {
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
  changePassword(
    who: Principal,
    given: { old?: string | undefined; password: string },
    tell: Tell,
  ): Promise<string>;
  startFactor(
    who: Principal,
    password: string | undefined,
    tell: Tell,
  ): Promise<{ secret: string; uri: string }>;
  confirmFactor(
    who: Principal,
    code: string,
    tell: Tell,
  ): Promise<{ secret: string; recoveryCodes: string[] }>;
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
  const { sessions, roles, policy, seal, clock, demo } = ask;
  const { accounts } = ask.store;
  /** Session → the factor that is being set up. */
  const enrolling = new Map<string, string>();
  /** Session → tries to unlock it. A desk has its own: no stranger who fails at the door keeps its person out. */
  const unlocking = new Map<string, number>();

  /** Keeps something as long as its session. */
  function keepFor<T>(kept: Map<string, T>, session: string, value: T): void {
    for (const id of kept.keys()) if (!sessions.holder(id)) kept.delete(id);
    kept.set(session, value);
  }

  /** @param path of the field that was wrong, where somebody is in already: a 401 would put him out */
  const wrong = (object: string, detail: string, path?: string) =>
    new Denied(path === undefined ? 401 : 422, WRONG, {
      refused: { object, detail },
      ...(path !== undefined && { errors: [{ path, message: WRONG }] }),
    });
  const objectOf = ({ login }: { login: string }) => `account/${login}`;

  /** Counts the try, then judges it. What it takes is spent only when the audit knows. @throws Denied */
  async function judge(
    account: AccountRecord | null,
    what: string,
    isRight: () => Promise<boolean>,
    path?: string,
  ): Promise<AccountRecord> {
    const { lockAfter, lockFor } = policy.now();
    const failures = await accounts.countTry(
      account?.id ?? "nobody",
      ...([clock.now(), lockAfter, lockFor] as const),
    );
    const right = await isRight();
    if (!account) throw wrong("account", "an unknown name");
    const object = objectOf(account);
    if (!account.enabled) throw wrong(object, "it is switched off", path);
    if (failures === null) throw wrong(object, "it waits after failures", path);
    if (right) {
      await accounts.forgiveTry(account.id, lockAfter);
      return account;
    }
    const waits = failures >= lockAfter;
    const now = waits ? "; from now on the account waits" : "";
    throw wrong(object, `a wrong ${what}${now}`, path);
  }

  const settled = (account: AccountRecord) =>
    accounts.change(account.id, { failures: 0, lockedUntil: null });

  /**
   * What is still to be done.
   * @param isProved is the code given, or not asked for?
   */
  function stageOf(account: AccountRecord, isProved: boolean): Stage {
    if (account.factor !== null && !isProved) return "code";
    const isOld = isPasswordOld(policy.now(), account.passwordAt, clock.now());
    const ownsPassword = account.origin === "local";
    if (ownsPassword && (account.mustChange || isOld)) return "password";
    const lacks = account.factor === null && !demo;
    return lacks && roles.needSecondFactor(account.roles)
      ? "enrol"
      : "complete";
  }

  /** The sign-in is through: what a complete one leaves behind. */
  const complete = ({ id }: AccountRecord) =>
    accounts.change(id, {
      ...{ failures: 0, lockedUntil: null, signedInAt: clock.now() },
    });

  async function enter(
    account: AccountRecord,
    ask: { how: string; isStrong: boolean; about: About; tell: Tell },
  ): Promise<string> {
    // Who proved it strongly elsewhere need not do so again.
    const stage = ask.isStrong ? "complete" : stageOf(account, demo);
    await ask.tell({
      object: objectOf(account),
      detail: stage === "complete" ? ask.how : `${ask.how}; next: ${stage}`,
      who: account,
    });
    if (stage === "complete") await complete(account);
    // As it was judged: what changed since, the session finds.
    return sessions.open(account, stage, ask.about);
  }

  /** Goes on with a session that has given its code, where there is one. */
  async function goOn(who: Principal, account: AccountRecord): Promise<string> {
    const stage = stageOf(account, true);
    if (stage === "complete") await complete(account);
    enrolling.delete(who.id);
    return sessions.renew(who.id, stage, account);
  }

  async function accountOf(who: Principal, stages: Stage[]) {
    if (!stages.includes(who.stage))
      throw new Denied(409, "this step of the sign-in is not due");
    const account = await accounts.get(who.subject);
    // What was forgotten meanwhile must not be set by who was in before.
    if (!account?.enabled || !sessions.holder(who.id))
      throw new Denied(401, "sign in first");
    return account;
  }

  /** Sets what proves the person; not over a new link or another's change that came meanwhile. */
  async function prove(
    { id, login, rev }: AccountRecord,
    fields: Partial<AccountRecord>,
  ): Promise<AccountRecord> {
    const changed = await accounts.change(id, fields, rev);
    if (changed) return changed;
    throw new Denied(409, `${login} was changed at this moment; try again`);
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
    async byPassword({ login, password }, about, tell) {
      const found = await accounts.byLogin(login.trim().toLowerCase());
      const account = await judge(found, "password", () =>
        isPassword(password, found?.password ?? null),
      );
      // With a factor to come, a password alone ends no series of failures.
      if (account.factor === null) await settled(account);
      return enter(account, {
        ...{ how: "by password", isStrong: false, about, tell },
      });
    },

    async byLink(token, about, tell) {
      // One sentence for wrong, used and expired alike.
      const invalid = () =>
        new Denied(401, "this sign-in link is not valid", {
          refused: { object: "account", detail: "a link that is not valid" },
        });
      const link = hashOf(token);
      const account = await accounts.byLink(link, clock.now());
      if (!account?.enabled) throw invalid();
      return enter(account, {
        ...{ how: "by one-time link", isStrong: false, about },
        tell: async (line) => {
          await tell(line);
          if (!(await accounts.spendLink(link, clock.now()))) throw invalid();
        },
      });
    },

    byOther: (account, strong, about, tell) =>
      enter(account, {
        ...{ how: "by single sign-on", isStrong: strong, about, tell },
      }),

    async giveCode(who, code, tell) {
      const account = await accountOf(who, ["code"]);
      const spend = await spendingOf(account, code);
      const isRight = () => Promise.resolve(spend !== null);
      await judge(account, "code", isRight, "/body/code");
      await tell({ object: objectOf(account) });
      if (!(await spend!()))
        throw wrong(objectOf(account), "another was faster", "/body/code");
      return goOn(who, account);
    },

    async changePassword(who, { old, password }, tell) {
      const account = await accountOf(who, ["password", "complete"]);
      if (account.origin !== "local")
        throw new Denied(409, "the single sign-on keeps this password");
      if (who.stage === "complete" && account.password !== null) {
        const { password: known } = account;
        const isOld = () => isPassword(old ?? "", known);
        await judge(account, "password", isOld, "/body/old");
      }
      const rules = policy.now();
      const used = [account.password, ...account.former].filter(
        (hash) => hash !== null,
      );
      const flaws = await passwordFlaws(password, rules, {
        ...account,
        hashes: used.slice(0, Math.max(1, rules.passwordHistory)),
      });
      if (flaws.length > 0)
        throw new Denied(422, "this password will not do", {
          errors: flaws.map((message) => ({ path: "/body/password", message })),
        });
      const hash = await hashPassword(password);
      await tell({ object: objectOf(account) });
      const changed = await prove(account, {
        ...{ password: hash, passwordAt: clock.now(), mustChange: false },
        former: used.slice(0, Math.max(0, rules.passwordHistory - 1)),
        ...{ failures: 0, lockedUntil: null },
      });
      await sessions.endOf(account.id, "ended", who.id);
      return goOn(who, changed);
    },

    async startFactor(who, password, tell) {
      const account = await accountOf(who, ["enrol", "complete"]);
      const isOwn = () => isPassword(password ?? "", account.password);
      if (who.stage === "complete" && account.password !== null)
        await judge(account, "password", isOwn, "/body/password");
      await tell({ object: objectOf(account) });
      const secret = createFactor();
      keepFor(enrolling, who.id, secret);
      return { secret, uri: factorUri(secret, account.login, ask.issuer) };
    },

    async confirmFactor(who, code, tell) {
      const account = await accountOf(who, ["enrol", "complete"]);
      const secret = enrolling.get(who.id);
      if (!secret)
        throw new Denied(409, "begin to set up the second factor first");
      const step = await stepOf(secret, code, 0, clock.now());
      if (step === null)
        throw new Denied(422, "this code is not right", {
          errors: [
            { path: "/body/code", message: "not the code of this moment" },
          ],
        });
      await tell({ object: objectOf(account) });
      const { codes, hashes } = createRecoveryCodes();
      const changed = await prove(account, {
        factor: seal.seal(FACTOR, secret),
        ...{ factorStep: step, recovery: hashes },
      });
      await sessions.endOf(account.id, "ended", who.id);
      return {
        secret: await goOn(who, changed),
        recoveryCodes: codes,
      };
    },

    async unlock(who, password, tell) {
      const account = await accountOf(who, ["locked"]);
      const { lockAfter } = policy.now();
      const tries = (unlocking.get(who.id) ?? 0) + 1;
      const isLast = tries >= lockAfter;
      keepFor(unlocking, who.id, tries);
      const isOwn =
        tries <= lockAfter && (await isPassword(password, account.password));
      if (!isOwn) {
        if (isLast) await sessions.end([who.id], "ended");
        const now = isLast ? "; the session ends" : "";
        const detail = `a wrong password${now}`;
        throw wrong(objectOf(account), detail, "/body/password");
      }
      unlocking.delete(who.id);
      await tell({ object: objectOf(account) });
      await settled(account);
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
