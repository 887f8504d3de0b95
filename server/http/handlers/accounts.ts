import { say } from "../../../contract/sentence.ts";
import type { Account } from "../../../contract/account.ts";
import { linkTo } from "../../../contract/link.ts";
import { newAccount } from "../../auth/first.ts";
import type { Auth } from "../../auth/open.ts";
import { forget, needsTwo } from "../../auth/forget.ts";
import { isSeparated } from "../../../contract/role.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AccountRecord, Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export const accountOf = (record: AccountRecord, now: number): Account => ({
  id: record.id,
  login: record.login,
  name: record.name,
  staffNo: record.staffNo,
  roles: record.roles,
  scope: record.scope,
  enabled: record.enabled,
  origin: record.origin,
  hasPassword: record.password !== null,
  hasSecondFactor: record.factor !== null,
  createdAt: record.createdAt,
  signedInAt: record.signedInAt,
  lockedUntil: (record.lockedUntil ?? 0) > now ? record.lockedUntil : null,
  rev: record.rev,
});

export function accountHandlers(ask: {
  store: Store;
  auth: Auth;
  clock: Clock;
  url: () => string;
}): Pick<
  Handlers,
  | "listAccounts"
  | "createAccount"
  | "editAccount"
  | "disableAccount"
  | "newLink"
  | "unlockAccount"
> {
  const { store, auth, clock } = ask;
  const { accounts } = store;
  const shown = (record: AccountRecord) => accountOf(record, clock.now());

  async function recordOf(id: string): Promise<AccountRecord> {
    const found = await accounts.get(id);
    if (!found) throw new HttpProblem(404, say("noAccount", { account: id }));
    return found;
  }
  const objectOf = ({ login }: { login: string }) => `account/${login}`;

  async function linkOf(id: string) {
    const { token, until } = await auth.signIn.link(id);
    return { url: linkTo(ask.url(), token), until };
  }

  async function isFree(given: { login?: string; staffNo?: string }) {
    for (const [path, value, find] of [
      ["login", given.login, accounts.byLogin],
      ["staffNo", given.staffNo, accounts.byStaffNo],
    ] as const)
      if (value !== undefined && (await find(value)))
        throw new HttpProblem(409, say("taken", { value }), {
          errors: [{ path: `/body/${path}`, ...say("anothers") }],
        });
  }

  return {
    async listAccounts({ query }) {
      const { search, role, limit, cursor } = query;
      const page = await accounts.page({
        limit,
        ...(search !== undefined && search !== "" && { search }),
        ...(role !== undefined && { role }),
        ...(cursor !== undefined && { cursor }),
      });
      return { items: page.items.map(shown), cursor: page.cursor };
    },

    async createAccount({ body, witness }) {
      await isFree(body);
      const record = newAccount(body, clock.now());
      await witness({ object: objectOf(record), after: body });
      if (!(await accounts.add(record)))
        throw new HttpProblem(409, say("taken", { value: body.login }));
      return { account: shown(record), link: await linkOf(record.id) };
    },

    async editAccount({ params, body, witness }) {
      const before = await recordOf(params["id"]!);
      const { rev, name = before.name, staffNo = before.staffNo } = body;
      if (staffNo !== before.staffNo) await isFree({ staffNo });
      await witness({
        object: objectOf(before),
        before: { name: before.name, staffNo: before.staffNo },
        after: { name, staffNo },
      });
      const after = await accounts.change(before.id, { name, staffNo }, rev);
      if (!after)
        throw new HttpProblem(
          409,
          say("accountMoved", { login: before.login, rev, now: before.rev }),
        );
      return shown(after);
    },

    disableAccount: ({ params, body, who, witness }) =>
      auth.rights.inTurn(async () => {
        const before = await recordOf(params["id"]!);
        if (before.id === who.subject)
          throw new HttpProblem(409, say("cutsHimself"));
        const separated = before.enabled && before.roles.find(isSeparated);
        if (separated && (await accounts.holders(separated)).length <= 1)
          throw new HttpProblem(
            409,
            say("lastHolder", { login: before.login, role: separated }),
          );
        await witness({ object: objectOf(before), detail: body.reason });
        const after = await accounts.change(before.id, { enabled: false });
        await auth.sessions.endOf(before.id, "accountOff");
        await accounts.dropLinks(before.id);
        return shown(after!);
      }),

    async newLink({ params, body, witness }) {
      const account = await recordOf(params["id"]!);
      if (needsTwo(account))
        throw new HttpProblem(409, say("linkByTwo", { login: account.login }));
      if (account.origin !== "local")
        throw new HttpProblem(409, say("accountElsewhere"));
      await witness({ object: objectOf(account), detail: body.reason });
      await forget(store, auth.sessions, account.id);
      return linkOf(account.id);
    },

    async unlockAccount({ params, body, witness }) {
      const account = await recordOf(params["id"]!);
      await witness({ object: objectOf(account), detail: body.reason });
      const after = await accounts.change(account.id, {
        ...{ failures: 0, lockedUntil: null },
      });
      return shown(after!);
    },
  };
}
