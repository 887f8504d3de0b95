/** What every section knows: who is looking, what they may do, the roles, and how many changes wait. */
import { inject, provide, ref, shallowRef, type Ref } from "vue";
import type { Action, Role } from "../../contract/role.ts";
import type { Session } from "../../contract/session.ts";
import { useLive } from "../live/source.ts";
import { useTimer } from "../ui/timer.ts";

export interface Desk {
  session: Session;
  may(action: Action): boolean;
  /** Empty until told. */
  roles: Readonly<Ref<readonly Role[]>>;
  /** Changes of rights that wait; more than `MOST_WAITING` are not counted. */
  waiting: Readonly<Ref<number>>;
  /** Asks for roles and waiting changes anew: something was decided. */
  refresh(): void;
}

export const MOST_WAITING = 100;
/** ms between two looks at what waits. */
const EVERY = 30_000;

const key = Symbol("desk");

export function provideDesk(session: Session): Desk {
  const live = useLive();
  const roles = shallowRef<readonly Role[]>([]);
  const waiting = ref(0);
  const may = (action: Action) => session.permissions.includes(action);

  // A section that needs these says itself what is wrong; the frame only counts.
  async function count(): Promise<void> {
    const query = { state: "waiting", limit: MOST_WAITING } as const;
    const page = await live.call("listChanges", { query }).catch(() => null);
    if (page) waiting.value = page.items.length;
  }
  async function learn(): Promise<void> {
    const told = await live.call("listRoles").catch(() => null);
    if (told) roles.value = told.items;
  }
  function refresh(): void {
    if (may("readAccounts")) void count();
    void learn();
  }
  useTimer(() => (may("readAccounts") ? EVERY : 0), refresh);
  refresh();

  const desk: Desk = { session, may, roles, waiting, refresh };
  provide(key, desk);
  return desk;
}

export function useDesk(): Desk {
  const desk = inject<Desk>(key);
  if (!desk) throw new Error("a section stands outside the admin page");
  return desk;
}
