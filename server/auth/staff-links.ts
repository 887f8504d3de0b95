/**
 * The demo's staff works as long as the hub runs, and a session lasts hours: the
 * file of its links always holds one that is good. Nobody but the hub's own user
 * reads that file, and in no city but a demo there is anybody of a staff.
 */
import { DAY, SECOND } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import type { Store } from "../store/store.ts";
import type { FirstLink } from "./first.ts";
import { hashOf } from "./secrets.ts";
import type { SignIn } from "./sign-in.ts";

const EVERY = 5 * SECOND;

interface Asked {
  store: Pick<Store, "accounts">;
  signIn: Pick<SignIn, "link">;
  clock: Clock;
}

/**
 * The same links with a new one in the place of each of the staff's that was
 * spent or ends within a day; null where all are good.
 */
export async function renewed(
  links: readonly FirstLink[],
  { store: { accounts }, signIn, clock }: Asked,
): Promise<FirstLink[] | null> {
  let isNew = false;
  const all: FirstLink[] = [];
  for (const link of links) {
    all.push(link);
    if (!link.isStaff) continue;
    if (await accounts.byLink(hashOf(link.token), clock.now() + DAY)) continue;
    const account = await accounts.byLogin(link.login);
    if (!account?.enabled) continue;
    const { token } = await signIn.link(account.id);
    all[all.length - 1] = { ...link, token };
    isNew = true;
  }
  return isNew ? all : null;
}

/** Leaves them until it is closed. @param leave writes the files of all links */
export function keepStaffLinks(
  ask: Asked & {
    links: readonly FirstLink[];
    leave: (links: FirstLink[]) => Promise<void>;
    failed: (error: unknown) => void;
  },
): { close(): Promise<void> } {
  let { links } = ask;
  let working = Promise.resolve();
  let isWorking = false;
  async function renew(): Promise<void> {
    const anew = await renewed(links, ask);
    if (!anew) return;
    links = anew;
    await ask.leave(anew);
  }
  const timer = setInterval(() => {
    if (isWorking) return;
    isWorking = true;
    working = renew()
      .catch(ask.failed)
      .finally(() => (isWorking = false));
  }, EVERY);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}
