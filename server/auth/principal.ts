/** Who acts: a person's session or a paired wall, with what it may do and see. */
import type { View } from "../../contract/data-scope.ts";
import type { Action, RoleCode } from "../../contract/role.ts";
import type { Stage } from "../../contract/session.ts";

export interface Principal {
  kind: "person" | "device";
  /** The session's id or the device's: names the sockets, opens nothing. */
  id: string;
  /** The account's id or the device's. */
  subject: string;
  /** How the audit calls it: the login, or `device/…`. */
  login: string;
  name: string;
  stage: Stage;
  roles: readonly RoleCode[];
  /** Empty before the sign-in is complete. */
  actions: ReadonlySet<Action>;
  /** May it follow topics? A desk that is locked still hears them (decisions I6). */
  watches: boolean;
  view: View;
  /** Screens of a device; null = every one. */
  screens: readonly string[] | null;
}
