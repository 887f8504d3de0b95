/** What opens an account, taken away: the person begins anew. */
import { isSeparated } from "../../contract/role.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import { FORGOTTEN } from "./first.ts";
import type { Sessions } from "./sessions.ts";

/** What proved the person counts no more; all sessions and links end. */
export async function forget(
  store: Pick<Store, "accounts">,
  sessions: Sessions,
  account: string,
): Promise<void> {
  // First, so that whoever is choosing a password now finds no session any more;
  await sessions.endOf(account, "ended");
  await store.accounts.change(account, FORGOTTEN);
  await store.accounts.dropLinks(account);
  // and again, for those that began meanwhile.
  await sessions.endOf(account, "ended");
}

/** Is a link of this one a matter of two? */
export const needsTwo = ({ roles }: Pick<AccountRecord, "roles">) =>
  roles.some(isSeparated);
