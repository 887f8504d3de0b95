/** The first accounts: three administrators, or in the demo one account a role. */
import { WHOLE_CITY, type DataScope } from "../../contract/data-scope.ts";
import { RoleCode, SEPARATED } from "../../contract/role.ts";
import type { CityPack } from "../city/pack.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import type { Audit } from "./audit.ts";
import type { Roles } from "./roles.ts";
import type { SignIn } from "./sign-in.ts";

export interface FirstLink {
  login: string;
  role: RoleCode;
  nameZh: string;
  nameEn: string;
  token: string;
  /** Somebody of the demo's staff, who is no visitor. */
  isStaff: boolean;
}

export interface NewAccount {
  login: string;
  name: string;
  staffNo: string;
  roles?: RoleCode[];
  scope?: DataScope;
}

const NOTHING: DataScope = { departments: [], districts: [] };

/** What proved the person counts no more: all is chosen anew. */
export const FORGOTTEN = {
  ...{ password: null, passwordAt: null, mustChange: true },
  ...{ factor: null, recovery: [], failures: 0, lockedUntil: null },
} satisfies Partial<AccountRecord>;

/** An account nobody has signed in to yet, without rights unless some are given. */
export const newAccount = (
  { login, name, staffNo, roles, scope }: NewAccount,
  now: number,
): AccountRecord => ({
  ...{ id: createId(now), login, name, staffNo, enabled: true },
  // Nothing is seen until somebody was given something.
  ...{ roles: roles ?? [], scope: scope ?? NOTHING },
  ...{ origin: "local", subject: null, password: null, passwordAt: null },
  ...{ mustChange: true, former: [], factor: null, factorStep: 0 },
  ...{ recovery: [], failures: 0, lockedUntil: null, createdAt: now },
  ...{ signedInAt: null, rev: 1 },
});

/** Whose account is made at the first start, and what their link is called. */
interface Wanted extends Omit<FirstLink, "token"> {
  staffNo: string;
  scope: DataScope;
}

/**
 * Makes the first accounts of a store and gives links to those who never had
 * one in hand: of the demo all, one a role before the pack's own, else
 * administrators who have not signed in.
 */
export async function firstLinks(ask: {
  store: Pick<Store, "accounts">;
  audit: Audit;
  roles: Roles;
  signIn: SignIn;
  clock: Clock;
  demo: boolean;
  pack: Pick<CityPack, "departments" | "districts" | "accounts">;
}): Promise<FirstLink[]> {
  const { accounts } = ask.store;
  const isNew = !ask.demo && !(await hasAdmins(ask.store));
  const links: FirstLink[] = [];
  for (const { scope, login, staffNo, ...named } of wantedOf(ask)) {
    let account = await accounts.byLogin(login);
    if (!account && (ask.demo || isNew)) {
      const roles = [named.role];
      account = {
        ...newAccount(
          { login, name: named.nameZh, staffNo, roles, scope },
          ask.clock.now(),
        ),
        // A demo's person has no password: its links alone open it.
        mustChange: !ask.demo,
      };
      await ask.audit.write({
        ...{ who: "hub", roles: [], address: "", act: "firstStart" },
        ...{ object: `account/${login}`, result: "done" },
      });
      await accounts.add(account);
    }
    if (!account?.enabled) continue;
    if (!ask.demo && (account.signedInAt !== null || account.password !== null))
      continue;
    const { token } = await ask.signIn.link(account.id);
    links.push({ ...named, login, token });
  }
  return links;
}

function wantedOf({
  roles,
  demo,
  pack,
}: Pick<
  Parameters<typeof firstLinks>[0],
  "roles" | "demo" | "pack"
>): Wanted[] {
  const codes: readonly RoleCode[] = demo ? RoleCode.options : SEPARATED;
  const scopes = demo ? demoScopes(pack) : {};
  const ofRoles = codes.map((code, i): Wanted => {
    const { nameZh, nameEn } = roles.of(code);
    return {
      ...{ role: code, nameZh, nameEn, scope: scopes[code] ?? WHOLE_CITY },
      isStaff: false,
      login: (demo ? `demo-${code}` : code).toLowerCase(),
      staffNo: `${demo ? "D" : "A"}-${i + 1}`,
    };
  });
  if (!demo) return ofRoles;
  const own = pack.accounts.map((account, i): Wanted => ({
    ...account,
    staffNo: `D-${codes.length + i + 1}`,
  }));
  return [...ofRoles, ...own];
}

async function hasAdmins(store: Pick<Store, "accounts">): Promise<boolean> {
  const { items } = await store.accounts.page({ limit: 1 });
  return items.length > 0;
}

/** In the demo a department's own people see their department, a district's their district. */
function demoScopes({
  departments,
  districts,
}: Pick<CityPack, "departments" | "districts">): Partial<
  Record<RoleCode, DataScope>
> {
  const department =
    departments.find(({ code }) => code === "TRANS") ?? departments[0];
  const district = districts[0];
  return {
    deptHandler: {
      departments: department ? [department.code] : null,
      districts: null,
    },
    gridWorker: {
      departments: null,
      districts: district ? [district.code] : null,
    },
  };
}
