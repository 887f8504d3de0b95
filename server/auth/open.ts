/** Opens this room: who is known here, what they may do, and who let them in. */
import type { IncomingHttpHeaders } from "node:http";
import type { Lapse } from "../../contract/not-in.ts";
import { DAY } from "../../contract/time.ts";
import type { CityPack } from "../city/pack.ts";
import type { Clock } from "../lib/clock.ts";
import { createRate, type Rate } from "../lib/rate.ts";
import type { Store } from "../store/store.ts";
import type { AuditChain } from "./audit-chain.ts";
import { createCookies, type Cookies } from "./cookies.ts";
import { openDevices, type Devices } from "./devices.ts";
import { openPolicy, type KeptPolicy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import { createRefusals, type Refusals } from "./refusals.ts";
import { createRights, type Rights } from "./rights.ts";
import { createRoles, type Roles } from "./roles.ts";
import type { Seal } from "./seal.ts";
import { openSessions, type Sessions } from "./sessions.ts";
import { createSignIn, type SignIn } from "./sign-in.ts";

/** Tries to sign in or to pair that one address has, or of who is in to change what proves him, and gets back each minute. */
const TRIES = { perMinute: 20, burst: 60, most: 10_000 };

/** Lines that one account may leave in the audit at once, and gets back each minute. */
const ACTS = { perMinute: 300, burst: 600, most: 10_000 };

export interface Auth {
  /** Who a request or a handshake comes from; a person goes before a wall. */
  who(headers: IncomingHttpHeaders): Principal | null;
  /** Why what a request shows, once good, opens nothing now; null where there is nothing to tell. */
  whyNot(headers: IncomingHttpHeaders): Lapse | null;
  cookies: Cookies;
  audit: AuditChain;
  refusals: Refusals;
  roles: Roles;
  policy: KeptPolicy;
  sessions: Sessions;
  signIn: SignIn;
  rights: Rights;
  devices: Devices;
  /** Of strangers by address, of those who are in by account. */
  tries: Rate;
  /** Acts that are told to the audit, by account or wall. */
  acts: Rate;
  close(): void;
}

export async function openAuth(ask: {
  store: Store;
  audit: AuditChain;
  seal: Seal;
  clock: Clock;
  pack: CityPack;
  demo: boolean;
  secure: boolean;
  /** Ends the sockets of a session or a wall. */
  cut: (id: string) => void;
  sockets: (id: string) => number;
  failed: (error: unknown) => void;
}): Promise<Auth> {
  const { store, clock, pack, demo, cut, failed } = ask;
  const cookies = createCookies(ask.secure);
  const roles = createRoles(await store.rights.roleActions());
  const policy = await openPolicy(store.facts);
  const parts = { store, roles, policy, clock, demo };
  const sessions = await openSessions({ ...parts, cut, failed });
  const signIn = createSignIn({
    ...parts,
    ...{ sessions, seal: ask.seal },
    issuer: `城枢 ${pack.city.nameZh}`,
  });
  const rights = createRights({
    ...parts,
    ...{ sessions, signIn, seal: ask.seal },
    known: () => ({
      departments: pack.departments.map(({ code }) => code),
      districts: pack.districts.map(({ code }) => code),
    }),
  });
  const devices = await openDevices({
    ...{ store, clock, cut, failed },
    sockets: ask.sockets,
  });
  const refusals = createRefusals({ audit: ask.audit, clock, failed });
  const second = setInterval(() => {
    sessions.tick();
    devices.tick();
    refusals.tick();
  }, 1_000);

  const prune = () => ask.audit.prune(policy.now().auditDays).catch(ask.failed);
  const pruneNow = () => void prune().catch(failed);
  pruneNow();
  const daily = setInterval(pruneNow, DAY);

  return {
    who({ cookie }) {
      const secret = cookies.session.read(cookie);
      const person = secret === null ? null : sessions.of(secret);
      if (person) return person;
      const token = cookies.device.read(cookie);
      return token === null ? null : devices.of(token);
    },
    whyNot({ cookie }) {
      const token = cookies.device.read(cookie);
      const secret = cookies.session.read(cookie);
      return (
        (token === null ? null : devices.whyNot(token)) ??
        (secret === null ? null : sessions.whyEnded(secret))
      );
    },
    ...{ cookies, audit: ask.audit, refusals, roles, policy },
    ...{ sessions, signIn, rights, devices },
    tries: createRate({ ...TRIES, clock }),
    acts: createRate({ ...ACTS, clock }),
    close() {
      clearInterval(second);
      clearInterval(daily);
    },
  };
}
