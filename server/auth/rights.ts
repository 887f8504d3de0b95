/** Changes of rights: asked for by one administrator, in effect when another confirms. */
import { isDeepStrictEqual } from "node:util";
import type { ChangeRequest, RightsChange } from "../../contract/rights.ts";
import { say } from "../../contract/sentence.ts";
import { DAY } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import { createQueue } from "../lib/queue.ts";
import type { ChangeRecord, Page, Store } from "../store/store.ts";
import { createChangeEffect, type Rest } from "./change-effect.ts";
import { createChangeRules, obstacleOf } from "./change-rules.ts";
import { Denied } from "./denied.ts";
import { beginsAnew, halfOf } from "./halves.ts";
import type { KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import type { Roles } from "./roles.ts";
import type { Seal } from "./seal.ts";
import type { Sessions } from "./sessions.ts";
import type { SignIn } from "./sign-in.ts";

/** What nobody confirmed by then is forgotten. */
const WAITS = 7 * DAY;

export type TellChange = (line: {
  object: string;
  detail: string;
  before?: unknown;
  after?: unknown;
}) => Promise<void>;

export interface Rights {
  page(
    filter: {
      state?: ChangeRecord["state"];
      limit: number;
      cursor?: string;
    },
    who: Principal,
  ): Promise<Page<ChangeRequest>>;
  ask(
    who: Principal,
    change: RightsChange,
    reason: string,
    tell: TellChange,
  ): Promise<ChangeRequest>;
  confirm(
    who: Principal,
    id: string,
    tell: TellChange,
  ): Promise<{
    request: ChangeRequest;
    /** The confirmer's half, where the person begins anew. */
    link: Rest | null;
  }>;
  refuse(
    who: Principal,
    id: string,
    reason: string,
    tell: TellChange,
  ): Promise<ChangeRequest>;
  /** Takes somebody's rights away while no other change does: two at once could leave none of the three. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export function createRights(ask: {
  store: Pick<Store, "accounts" | "rights">;
  sessions: Sessions;
  signIn: SignIn;
  roles: Roles;
  policy: KeptPolicy;
  seal: Seal;
  clock: Clock;
  /** Codes that a scope may name. */
  known: () => { departments: string[]; districts: string[] };
}): Rights {
  const { store, clock } = ask;
  const inTurn = createQueue();
  const rules = createChangeRules(ask);
  const takeEffect = createChangeEffect({ ...ask, rules });

  const shown = (record: ChangeRecord, who: Principal): ChangeRequest => {
    const { byAccount: _account, byPermits: _permits, ...request } = record;
    const isOver =
      record.state === "waiting" && clock.now() - record.at > WAITS;
    const isAsker = record.byAccount === who.subject;
    return {
      ...request,
      ...(isOver && { state: "expired" as const }),
      half:
        isAsker && beginsAnew(record.change, record.before)
          ? halfOf(ask.seal, record.id)
          : null,
      obstacle: obstacleOf(record, who),
    };
  };

  async function waiting(id: string): Promise<ChangeRecord> {
    const found = await store.rights.get(id);
    if (!found) throw new Denied(404, say("noChange", { id }));
    if (found.state !== "waiting" || clock.now() - found.at > WAITS)
      throw new Denied(409, say("changeOver"));
    return found;
  }

  return {
    inTurn,

    async page({ state, ...of }, who) {
      const since = clock.now() - WAITS;
      const page = await store.rights.page({
        ...of,
        ...(state !== undefined && { state }),
        ...(state === "waiting" && { from: since }),
        // Nobody decided it: it lies there as it waited.
        ...(state === "expired" && { state: "waiting", to: since }),
      });
      return { ...page, items: page.items.map((one) => shown(one, who)) };
    },

    async ask(who, change, reason, tell) {
      const { target, before } = await rules.judge(change, who.subject);
      if (before !== null && isDeepStrictEqual(before, change))
        throw new Denied(409, say("soAlready"));
      await tell({
        object: objectOf(target),
        detail: reason,
        before,
        after: change,
      });
      const record: ChangeRecord = {
        id: createId(clock.now()),
        ...{ change, target, before, reason },
        ...{ by: who.login, byName: who.name, byAccount: who.subject },
        ...{ byPermits: who.actions.has("permit"), at: clock.now() },
        ...{ state: "waiting", decidedBy: null, decidedAt: null },
      };
      await store.rights.put(record);
      return shown(record, who);
    },

    confirm: (who, id, tell) =>
      inTurn(async () => {
        const found = await waiting(id);
        const obstacle = obstacleOf(found, who);
        if (obstacle !== null)
          throw new Denied(403, obstacle, {
            refused: {
              object: objectOf(found.target),
              detail: obstacle.message,
            },
          });
        const asker = await store.accounts.get(found.byAccount);
        if (!asker?.enabled || !rules.mayStill(found, asker))
          throw new Denied(409, say("askerMayNot"));
        const now = await rules.judge(found.change, found.byAccount);
        if (!isDeepStrictEqual(now.before, found.before))
          throw new Denied(409, say("changedSince"));
        const { change } = found;
        if (change.kind === "access")
          await rules.leavesOne(
            await rules.accountOf(change.account),
            change.roles,
          );
        await tell({
          ...{ object: objectOf(found.target), detail: found.reason },
          ...{ before: found.before, after: change },
        });
        const decided = await store.rights.decide(id, "confirmed", {
          ...{ decidedBy: who.login, decidedAt: clock.now() },
        });
        if (!decided) throw new Denied(409, say("fasterOther"));
        const link = await takeEffect(found);
        return { request: shown(decided, who), link };
      }),

    async refuse(who, id, reason, tell) {
      const found = await waiting(id);
      await tell({ object: objectOf(found.target), detail: reason });
      const own = found.byAccount === who.subject;
      const decided = await store.rights.decide(
        id,
        own ? "withdrawn" : "refused",
        { decidedBy: who.login, decidedAt: clock.now() },
      );
      if (!decided) throw new Denied(409, say("fasterOther"));
      return shown(decided, who);
    },
  };
}

const objectOf = (target: string) => `rights/${target}`;
