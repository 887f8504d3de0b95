/**
 * Open sessions of persons: held in memory, kept in the store, so that they
 * outlive a restart. A cookie's secret is kept as SHA-256 only.
 */
import type { Lapse } from "../../contract/not-in.ts";
import { say } from "../../contract/sentence.ts";
import { MINUTE } from "../../contract/time.ts";
import type { Stage } from "../../contract/session.ts";
import type { Clock } from "../lib/clock.ts";
import type { AccountRecord, SessionRecord, Store } from "../store/store.ts";
import { Denied, signInFirst } from "./denied.ts";
import { createHeldSessions } from "./held-sessions.ts";
import { rises } from "./halves.ts";
import type { KeptPolicy } from "./policy.ts";
import {
  createLiveSessions,
  type Holder,
  type LiveSession,
} from "./live-session.ts";
import type { Principal } from "./principal.ts";
import type { Roles } from "./roles.ts";
import { createSecret, hashOf } from "./secrets.ts";

/** A sign-in that is not finished by then begins anew. */
const ENTER_WITHIN = 10 * MINUTE;
/** Sessions of one account; the oldest ends beyond. */
const PER_ACCOUNT = 50;
/** ms that the sockets of a former secret outlive it. */
const CUT_AFTER = 900;
/** Acts of a hand are written down as rarely. */
const SAVE_EVERY = MINUTE;

export interface Sessions {
  /** @returns the cookie's secret */
  open(
    account: AccountRecord,
    stage: Stage,
    about: { address: string; browser: string },
  ): Promise<string>;
  /** The same session under a new secret, as every step of a sign-in gives (fixation). */
  renew(id: string, stage: Stage, account: AccountRecord): Promise<string>;
  /** A locked desk goes on as it was: its sockets and its secret are the same person's. */
  unlock(id: string, stage: Stage, account: AccountRecord): Promise<void>;
  /** Whose secret it is, locked where the desk was idle. */
  of(secret: string): Principal | null;
  /** A hand moved. */
  active(id: string): void;
  /** Takes an account's new name, roles or secrets over; its sockets follow anew. @throws StoreDown */
  changed(account: AccountRecord): Promise<void>;
  /** Roles changed for everybody. */
  changedAll(): void;
  /** Idle time begins anew: another rule must not lock whoever was at work under the one before. */
  allActive(): void;
  /** @param why told to whoever still shows its secret; nothing where its person ended it */
  end(ids: string[], why?: Lapse): Promise<void>;
  endOf(account: string, why: Lapse, except?: string): Promise<void>;
  /** Why the session with this secret ended, where that is remembered. */
  whyEnded(secret: string): Lapse | null;
  list(): SessionRecord[];
  holder(id: string): Holder | null;
  life(id: string): number;
  /** ms after which this one locks; null = never. */
  idleAfter(id: string): number | null;
  /** Ends what is over, saves what moved; called every second. */
  tick(): void;
}

export async function openSessions(ask: {
  store: Pick<Store, "sessions" | "accounts">;
  roles: Roles;
  policy: KeptPolicy;
  clock: Clock;
  /** A demo's accounts have no password to unlock with, and are not asked for one. */
  demo: boolean;
  /** Sockets of these end; a page whose session lives connects again. */
  cut: (id: string) => void;
  failed: (error: unknown) => void;
}): Promise<Sessions> {
  const { store, policy, clock } = ask;
  const alive = createLiveSessions(ask);
  const held = createHeldSessions({ ...ask, begin: alive.begin });
  const { live, keep, end, idsOf } = held;

  const holders = new Map<string, AccountRecord | null>();
  const gone: string[] = [];
  for (const record of await store.sessions.all()) {
    if (!holders.has(record.account))
      holders.set(record.account, await store.accounts.get(record.account));
    const account = holders.get(record.account);
    if (!account?.enabled || record.until <= clock.now()) gone.push(record.id);
    else keep(record, account);
  }
  if (gone.length > 0) await store.sessions.remove(gone);

  function lockIfIdle(one: LiveSession, now: number): void {
    if (alive.lockIfIdle(one, now))
      store.sessions.put([one.record]).catch(ask.failed);
  }

  /**
   * Opens it, and looks once more: what ended or changed the account's sessions
   * while this one was made did not find it.
   * @param former the session that goes on in this one
   */
  async function begin(
    record: SessionRecord,
    known: AccountRecord,
    former?: string,
  ) {
    await store.sessions.put([record]);
    // Who ended it meanwhile knew it by its former name.
    if (former !== undefined && !live.has(former)) {
      await store.sessions.remove([record.id]);
      throw signInFirst();
    }
    const one = keep(record, known);
    // In the same turn of the loop: of many at once the last one stays.
    if (record.stage === "complete" && policy.now().oneSession)
      await end(
        idsOf(known.id).filter((id) => id !== record.id && id !== former),
        "elsewhere",
      );
    await lookAgain(one, known);
    if (!live.has(record.id)) throw new Denied(409, say("endedAtOnce"));
  }

  /** @param known the account by which it was judged. @throws Denied where that proves nothing any more */
  async function lookAgain(one: LiveSession, known: AccountRecord) {
    const account = await store.accounts.get(known.id);
    if (
      !account?.enabled ||
      account.password !== known.password ||
      account.factor !== known.factor ||
      // Who becomes one of the three comes in anew (ADR 0009).
      rises(known.roles, account.roles)
    ) {
      await end([one.record.id]);
      throw signInFirst();
    }
    if (account.rev > one.holder.rev) alive.take(one, account);
  }

  const lifeOf = (stage: Stage) =>
    stage === "complete" ? policy.now().sessionFor : ENTER_WITHIN;

  return {
    async open(account, stage, about) {
      const now = clock.now();
      const secret = createSecret();
      const record: SessionRecord = {
        ...{ id: hashOf(secret), account: account.id, stage, ...about },
        ...{ openedAt: now, activeAt: now, until: now + lifeOf(stage) },
      };
      await begin(record, account);
      // Oldest first out: an account's sessions are bounded whatever happens.
      await end(idsOf(account.id).slice(0, -PER_ACCOUNT), "elsewhere");
      return secret;
    },

    async renew(id, stage, account) {
      const one = live.get(id);
      if (!one) throw signInFirst();
      const now = clock.now();
      const secret = createSecret();
      const record: SessionRecord = {
        ...one.record,
        ...{ id: hashOf(secret), stage, activeAt: now },
        until:
          one.record.stage === "complete" || one.record.stage === "locked"
            ? one.record.until
            : now + lifeOf(stage),
      };
      await begin(record, account, id);
      if (!live.delete(id)) {
        await end([record.id]);
        throw signInFirst();
      }
      // Sockets connect again at once: by then the browser has its new secret.
      setTimeout(() => ask.cut(id), CUT_AFTER).unref();
      await store.sessions.remove([id]);
      return secret;
    },

    async unlock(id, stage, account) {
      const one = live.get(id);
      if (!one) throw signInFirst();
      const change = { stage, activeAt: clock.now() };
      await store.sessions.put([{ ...one.record, ...change }]);
      alive.put(one, change);
      await lookAgain(one, account);
    },

    of(secret) {
      const one = live.get(hashOf(secret));
      const now = clock.now();
      if (!one || one.record.until <= now) return null;
      lockIfIdle(one, now);
      return one.principal;
    },

    active(id) {
      const one = live.get(id);
      if (one) one.record = { ...one.record, activeAt: clock.now() };
    },

    async changed(account) {
      const mine = idsOf(account.id).map((id) => live.get(id)!);
      for (const one of mine) {
        alive.take(one, account);
        ask.cut(one.record.id);
      }
      if (mine.length > 0)
        await store.sessions.put(mine.map(({ record }) => record));
    },

    changedAll() {
      for (const [id, one] of live) {
        alive.put(one, {});
        ask.cut(id);
      }
    },

    allActive() {
      const activeAt = clock.now();
      for (const one of live.values()) one.record = { ...one.record, activeAt };
    },

    end,
    endOf: (account, why, except) =>
      end(
        idsOf(account).filter((id) => id !== except),
        why,
      ),
    whyEnded: (secret) => held.whyEnded(hashOf(secret)),
    list: () => [...live.values()].map(({ record }) => record),
    holder: (id) => live.get(id)?.holder ?? null,
    life: (id) => Math.max(0, (live.get(id)?.record.until ?? 0) - clock.now()),
    idleAfter(id) {
      const one = live.get(id);
      return one ? alive.idleAfter(one) : null;
    },

    tick() {
      const now = clock.now();
      const over: string[] = [];
      const moved: SessionRecord[] = [];
      for (const [id, one] of live) {
        if (one.record.until <= now) over.push(id);
        else lockIfIdle(one, now);
        if (one.record.activeAt - one.saved < SAVE_EVERY) continue;
        one.saved = one.record.activeAt;
        moved.push(one.record);
      }
      if (over.length > 0) end(over).catch(ask.failed);
      if (moved.length > 0) store.sessions.put(moved).catch(ask.failed);
    },
  };
}
