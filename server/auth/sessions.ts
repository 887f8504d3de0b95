/**
 * Sign-in links and sessions. Until accounts exist a link carries one role:
 * a one-time token in the URL's fragment, exchanged by POST for a cookie
 * (decisions E2). Tokens and cookies are kept as SHA-256 only.
 */
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Permission } from "../../contract/door.ts";
import type { Session } from "../../contract/session.ts";
import { DAY } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";

const ROLES: Session[] = [
  {
    role: "wallOperator",
    nameZh: "大厅操作员",
    nameEn: "Hall operator",
    permissions: ["view"],
  },
  {
    role: "leader",
    nameZh: "领导",
    nameEn: "Leader",
    permissions: ["view"],
  },
  {
    role: "dutyOfficer",
    nameZh: "值班员",
    nameEn: "Duty officer",
    permissions: ["view", "operate"],
  },
  {
    role: "sysAdmin",
    nameZh: "系统管理员",
    nameEn: "System administrator",
    permissions: ["view", "operate", "configure"],
  },
];

export const COOKIE = "chengshu";
const LASTS = 30 * DAY;
const KEPT = 1_000;

const Kept = z.array(
  z.object({ hash: z.string(), role: z.string(), until: z.number() }),
);

export interface SignInLink {
  role: string;
  nameZh: string;
  nameEn: string;
  token: string;
}

export interface Sessions {
  /** New one-time tokens, one a role; earlier unused ones end. */
  createLinks(): SignInLink[];
  /** @returns the cookie's secret and the session, or null for a wrong or used token. */
  signIn(token: string): Promise<{ secret: string; session: Session } | null>;
  /** The session behind a Cookie header; `id` names it without giving it away. */
  of(header: string | undefined): { id: string; session: Session } | null;
  end(id: string): Promise<void>;
}

const hashOf = (secret: string) =>
  createHash("sha256").update(secret).digest("hex");
const secretOf = () => randomBytes(32).toString("base64url");

/** Opens the sessions of a store; they outlive a restart, so a wall stays signed in. */
export async function openSessions(ask: {
  load: () => Promise<unknown>;
  save: (kept: unknown) => Promise<void>;
  clock: Clock;
}): Promise<Sessions> {
  const links = new Map<string, Session>();
  const live = new Map<string, { session: Session; until: number }>();
  for (const row of Kept.catch([]).parse(await ask.load())) {
    const session = ROLES.find((role) => role.role === row.role);
    if (session && row.until > ask.clock.now())
      live.set(row.hash, { session, until: row.until });
  }
  const save = () =>
    ask.save(
      [...live].map(([hash, { session, until }]) => ({
        hash,
        role: session.role,
        until,
      })),
    );

  return {
    createLinks() {
      links.clear();
      return ROLES.map((session) => {
        const token = secretOf();
        links.set(hashOf(token), session);
        return {
          role: session.role,
          nameZh: session.nameZh,
          nameEn: session.nameEn,
          token,
        };
      });
    },

    async signIn(token) {
      const hash = hashOf(token);
      const session = links.get(hash);
      if (!session) return null;
      links.delete(hash);
      const secret = secretOf();
      // Oldest first out: the table is bounded whatever happens.
      const oldest = live.keys().next();
      if (live.size >= KEPT && !oldest.done) live.delete(oldest.value);
      live.set(hashOf(secret), { session, until: ask.clock.now() + LASTS });
      await save();
      return { secret, session };
    },

    of(header) {
      const secret = cookieOf(header);
      if (secret === null) return null;
      const id = hashOf(secret);
      const found = live.get(id);
      if (!found || found.until <= ask.clock.now()) return null;
      return { id, session: found.session };
    },

    async end(id) {
      live.delete(id);
      await save();
    },
  };
}

export function allows(session: Session, permission: Permission): boolean {
  return session.permissions.includes(permission);
}

/** `Set-Cookie` for a session; `Secure` wherever the browser reaches us by HTTPS. */
export function cookieHeader(secret: string, secure: boolean): string {
  const life = secret === "" ? 0 : LASTS / 1000;
  return `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${life}${secure ? "; Secure" : ""}`;
}

function cookieOf(header: string | undefined): string | null {
  for (const pair of header?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === COOKIE && value) return value;
  }
  return null;
}
