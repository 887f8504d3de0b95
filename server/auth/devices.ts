/**
 * Paired walls: a code on the screen, approved by an administrator; then a
 * token that only looks, at its own screens, fully masked. Held in memory,
 * kept in the store.
 */
import type { DataScope } from "../../contract/data-scope.ts";
import type { Device, DeviceState } from "../../contract/device.ts";
import type { Lapse } from "../../contract/not-in.ts";
import { say } from "../../contract/sentence.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import { createQueue } from "../lib/queue.ts";
import type { DeviceRecord, Store } from "../store/store.ts";
import { Denied } from "./denied.ts";
import { createKnownWalls } from "./known-walls.ts";
import { createPairings, type Pairings } from "./pairing.ts";
import type { Principal } from "./principal.ts";
import { createSecret, hashOf } from "./secrets.ts";

const RENEW_AFTER = 7 * DAY;
/** A wall that was cut off in the middle still has the former token, */
const FORMER_FOR = 30 * DAY;
/** and a browser has written the new one to its disk only a while after it used it. */
const SETTLED_AFTER = 5 * MINUTE;
const SEEN_EVERY = MINUTE;
/** What a wall may do. */
const ACTIONS: Principal["actions"] = new Set(["watch", "openVideo"]);

/** How long a wall's cookie lives: it survives what a command hall does to it. */
export const DEVICE_COOKIE_FOR = 400 * DAY;

export interface Devices {
  request: Pairings["request"];
  /** @returns the token once it is paired */
  claim(secret: string): {
    state: "waiting" | "paired" | "expired";
    token: string | null;
    screens: string[];
  };
  /** The pairing behind a code, or Denied. */
  approve(
    given: {
      code: string;
      name: string;
      screens: string[];
      scope: DataScope;
      by: string;
    },
    tell: (object: string) => Promise<void>,
  ): Promise<Device>;
  edit(
    id: string,
    given: {
      rev: number;
      name?: string | undefined;
      screens?: string[] | undefined;
      scope?: DataScope | undefined;
      enabled?: boolean | undefined;
    },
    tell: (before: Device) => Promise<void>,
  ): Promise<Device>;
  revoke(id: string, tell: (before: Device) => Promise<void>): Promise<Device>;
  list(): Device[];
  /** Who this token is. */
  of(token: string): Principal | null;
  /** Why this token, once a wall's, opens nothing now; null for one that never was or still does. */
  whyNot(token: string): Lapse | null;
  /** It was here. @returns a new token where the old one is due */
  seen(
    id: string,
    token: string,
    about: { address: string; browser: string },
  ): Promise<string | null>;
  /** Notes which walls have a socket open, saves what moved; called every second. */
  tick(): void;
}

export async function openDevices(ask: {
  store: Pick<Store, "devices">;
  clock: Clock;
  /** Open sockets of a device. */
  sockets: (id: string) => number;
  cut: (id: string) => void;
  failed: (error: unknown) => void;
}): Promise<Devices> {
  const { store, clock } = ask;
  const known = createKnownWalls(store.devices, clock);
  const { hold, keep, recordOf } = known;
  const pairings = createPairings(clock);
  const saved = new Map<string, number | null>();
  const inTurn = createQueue();
  for (const record of await store.devices.all()) hold(record);

  function stateOf(record: DeviceRecord): DeviceState {
    if (record.revoked) return "revoked";
    if (!record.enabled) return "disabled";
    if (ask.sockets(record.id) > 0) return "online";
    const age = clock.now() - (record.seenAt ?? -Infinity);
    if (age <= 15 * MINUTE) return "recently";
    return age <= 24 * HOUR ? "stale" : "offline";
  }

  const shown = (record: DeviceRecord): Device => ({
    id: record.id,
    name: record.name,
    screens: record.screens,
    scope: record.scope,
    state: stateOf(record),
    pairedAt: record.pairedAt,
    pairedBy: record.pairedBy,
    seenAt: record.seenAt,
    address: record.address,
    browser: record.browser,
    tokenAt: record.tokenAt,
    rev: record.rev,
  });

  return {
    request: pairings.request,

    claim(secret) {
      const given = pairings.claim(secret);
      if (typeof given === "string")
        return { state: given, token: null, screens: [] };
      const { id, token } = given;
      return { state: "paired", token, screens: recordOf(id).screens };
    },

    approve: ({ code, name, screens, scope, by }, tell) =>
      inTurn(async () => {
        const pairing = pairings.waiting(code);
        const now = clock.now();
        const token = createSecret();
        const id = createId(now);
        await tell(`device/${id}`);
        const { address, browser } = pairing;
        const record: DeviceRecord = {
          ...{ id, name, screens, scope, address, browser },
          ...{ enabled: true, revoked: false, pairedAt: now, pairedBy: by },
          ...{ seenAt: null, token: hashOf(token), tokenAt: now },
          ...{ former: null, formerUntil: null, rev: 1 },
        };
        await store.devices.put([record]);
        hold(record);
        pairing.approved = { id, token };
        return shown(record);
      }),

    edit: (id, { rev, ...change }, tell) =>
      inTurn(async () => {
        const before = recordOf(id);
        if (before.revoked) throw new Denied(409, say("wallRevoked"));
        if (before.rev !== rev)
          throw new Denied(409, say("wallMoved", { rev, now: before.rev }));
        await tell(shown(before));
        const given = Object.fromEntries(
          Object.entries(change).filter(([, value]) => value !== undefined),
        );
        await keep(id, { ...given, rev: rev + 1 });
        ask.cut(id);
        return shown(recordOf(id));
      }),

    async revoke(id, tell) {
      await tell(shown(recordOf(id)));
      const record = { ...recordOf(id), revoked: true, former: null };
      // Gone for those who ask now, whatever becomes of the disk.
      hold(record);
      ask.cut(id);
      await inTurn(() => store.devices.put([recordOf(id)]));
      return shown(record);
    },

    list: () => [...known.all()].map(shown),

    of(token) {
      const record = known.holderOf(token);
      if (!record || record.revoked || !record.enabled) return null;
      const { id, name, scope, screens } = record;
      return {
        ...{ kind: "device", id, subject: id, login: `device/${id}`, name },
        ...{ stage: "complete", roles: [], actions: ACTIONS, watches: true },
        ...{ view: { ...scope, masking: "all", isWall: true }, screens },
      };
    },

    whyNot(token) {
      const record = known.holderOf(token);
      if (!record || (record.enabled && !record.revoked)) return null;
      return record.revoked ? "wallRevoked" : "wallOff";
    },

    async seen(id, token, about) {
      hold({ ...recordOf(id), seenAt: clock.now(), ...about });
      return inTurn(async () => {
        const now = clock.now();
        const { token: present, former, tokenAt } = recordOf(id);
        if (present === hashOf(token)) {
          if (former !== null && now - tokenAt > SETTLED_AFTER)
            await keep(id, { former: null, formerUntil: null });
          if (now - tokenAt < RENEW_AFTER) return null;
        } else if (tokenAt + MINUTE > now) return null;
        // A wall that comes with its former token never got the new one.
        const fresh = createSecret();
        await keep(id, {
          ...{ former: hashOf(token), formerUntil: now + FORMER_FOR },
          ...{ token: hashOf(fresh), tokenAt: now },
        });
        return fresh;
      });
    },

    tick() {
      const now = clock.now();
      const moved: string[] = [];
      for (const record of known.all()) {
        if (record.revoked) continue;
        const isHere = ask.sockets(record.id) > 0;
        if (isHere) hold({ ...record, seenAt: now });
        const { seenAt } = recordOf(record.id);
        if (seenAt === null) continue;
        if (seenAt - (saved.get(record.id) ?? -Infinity) < SEEN_EVERY) continue;
        saved.set(record.id, seenAt);
        moved.push(record.id);
      }
      if (moved.length === 0) return;
      inTurn(() => store.devices.put(moved.map(recordOf))).catch(ask.failed);
    },
  };
}
