/** Accounts and their sessions, rights asked for, paired walls. */
import type { Account } from "../../contract/account.ts";
import type { DataScope } from "../../contract/data-scope.ts";
import type { Device } from "../../contract/device.ts";
import type { ChangeRequest } from "../../contract/rights.ts";
import type { Action, RoleCode } from "../../contract/role.ts";
import type { SessionRow } from "../../contract/session.ts";
import type { Page } from "./page.ts";

/** An account with what proves its person; none of the secrets is plain. */
export interface AccountRecord extends Omit<
  Account,
  "hasPassword" | "hasSecondFactor"
> {
  /** `issuer#subject` of the single sign-on. */
  subject: string | null;
  /** A slow hash; null = none yet. */
  password: string | null;
  passwordAt: number | null;
  /** A new password is asked for at the next sign-in. */
  mustChange: boolean;
  /** Slow hashes of former passwords, the newest first. */
  former: string[];
  /** The second factor's secret, sealed. */
  factor: string | null;
  /** The newest 30 s step whose code was used: no code counts twice. */
  factorStep: number;
  /** SHA-256 of the recovery codes that are left. */
  recovery: string[];
  failures: number;
}

export type SessionRecord = Omit<
  SessionRow,
  "login" | "name" | "own" | "sockets"
>;

export type ChangeRecord = Omit<ChangeRequest, "obstacle" | "half"> & {
  /** The account that asked, and whether it had the action `permit` then. */
  byAccount: string;
  byPermits: boolean;
};

/** A paired wall; `token` and `former` are SHA-256. */
export interface DeviceRecord extends Omit<Device, "state"> {
  enabled: boolean;
  revoked: boolean;
  token: string;
  /** The token before, while the wall may not have taken the new one. */
  former: string | null;
  formerUntil: number | null;
}

export interface AccountStore {
  /** @returns false where the login, the staff number or the subject is taken */
  add(record: AccountRecord): Promise<boolean>;
  get(id: string): Promise<AccountRecord | null>;
  byLogin(login: string): Promise<AccountRecord | null>;
  bySubject(subject: string): Promise<AccountRecord | null>;
  byStaffNo(staffNo: string): Promise<AccountRecord | null>;
  page(filter: {
    search?: string;
    role?: RoleCode;
    limit: number;
    cursor?: string;
  }): Promise<Page<AccountRecord>>;
  /** Enabled accounts with a role. */
  holders(role: RoleCode): Promise<AccountRecord[]>;
  /** @returns the account as it is now; null where there is none, or not at `rev` any more */
  change(
    id: string,
    fields: Partial<Omit<AccountRecord, "id" | "roles" | "rev">>,
    rev?: number,
  ): Promise<AccountRecord | null>;
  /** Rejects where an account would have two of the separated roles. */
  setAccess(id: string, roles: RoleCode[], scope: DataScope): Promise<void>;
  /**
   * Counts a try before it is judged, so that many at once count as many.
   * @returns failures in a row, this one among them; null while the account
   * waits: the try does not count then
   */
  countTry(
    id: string,
    now: number,
    lockAfter: number,
    lockFor: number,
  ): Promise<number | null>;
  /** A try that was counted was right: it counts no more, nor does the wait that it began. */
  forgiveTry(id: string, lockAfter: number): Promise<void>;
  /** Of two with the same code one succeeds. */
  spendStep(id: string, step: number): Promise<boolean>;
  spendRecovery(id: string, before: string[], left: string[]): Promise<boolean>;
  /** Former links of the account end. */
  addLink(hash: string, account: string, until: number): Promise<void>;
  /** @returns the account that the link would open, or null */
  byLink(hash: string, now: number): Promise<AccountRecord | null>;
  /** Of two with the same link one succeeds. */
  spendLink(hash: string, now: number): Promise<boolean>;
  dropLinks(account: string): Promise<void>;
}

export interface SessionStore {
  put(rows: SessionRecord[]): Promise<void>;
  remove(ids: string[]): Promise<void>;
  all(): Promise<SessionRecord[]>;
}

export interface RightsStore {
  put(change: ChangeRecord): Promise<void>;
  /** @returns the change as decided; null where it was decided before */
  decide(
    id: string,
    state: ChangeRecord["state"],
    decided: Pick<ChangeRecord, "decidedBy" | "decidedAt">,
  ): Promise<ChangeRecord | null>;
  get(id: string): Promise<ChangeRecord | null>;
  /** Newest first; asked for from `from` on, and before `to`. */
  page(filter: {
    state?: ChangeRecord["state"];
    from?: number;
    to?: number;
    limit: number;
    cursor?: string;
  }): Promise<Page<ChangeRecord>>;
  /** Of the roles that differ from what the product ships. */
  roleActions(): Promise<Map<RoleCode, Action[]>>;
  setRoleActions(role: RoleCode, actions: Action[]): Promise<void>;
}

export interface DeviceStore {
  put(rows: DeviceRecord[]): Promise<void>;
  all(): Promise<DeviceRecord[]>;
}
