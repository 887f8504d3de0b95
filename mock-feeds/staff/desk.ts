/** The hub's doors as the staff uses them: each of its people with a session of their own. */
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import type { StaffRole } from "../city/accounts.ts";

/** A row of the file of links that the hub leaves at its start. */
interface Link {
  login: string;
  role: StaffRole;
  url: string;
}

export interface Answer<T> {
  status: number;
  body: T;
}

export interface Desk {
  logins: ReadonlySet<string>;
  /** @throws where the hub does not answer, or lets nobody in with this role any more */
  ask<T>(
    by: StaffRole,
    method: "GET" | "POST" | "PUT",
    path: string,
    body?: object,
  ): Promise<Answer<T>>;
}

const ANSWER_WITHIN = 30_000;

/**
 * Opens the staff's sessions. A link opens once and a session lasts hours, so
 * the cookies lie beside the links (mode 600) for a program that is restarted.
 * @throws where the file of links is missing, open to others or of another shape
 */
export async function openDesk(ask: {
  hub: string;
  /** File of the links. */
  file: string;
  signal: AbortSignal;
}): Promise<Desk> {
  const file = `${ask.file.replace(/\.json$/, "")}-sessions.json`;
  const logins = new Set((await readLinks(ask.file)).map(({ login }) => login));
  const cookies = await readCookies(file);
  const spent = new Set<string>();

  const send = (path: string, init: RequestInit) =>
    fetch(ask.hub + path, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.any([ask.signal, AbortSignal.timeout(ANSWER_WITHIN)]),
    });

  /** Role → its way in: several who ask at once spend one link. */
  const entering = new Map<StaffRole, Promise<string>>();
  const enter = (role: StaffRole): Promise<string> => {
    const going =
      entering.get(role) ??
      openSession(role).finally(() => entering.delete(role));
    entering.set(role, going);
    return going;
  };

  /** Reads the links anew: the hub leaves another when one is spent. */
  async function openSession(role: StaffRole): Promise<string> {
    const link = (await readLinks(ask.file)).find((one) => one.role === role);
    const token = /([\w-]{20,})$/.exec(link?.url ?? "")?.[1];
    if (!token || spent.has(token))
      throw new Error(
        `the staff has no unused sign-in link for ${role} in ${ask.file}; the hub leaves a new one there within seconds`,
      );
    const answer = await send("/api/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    await answer.body?.cancel();
    if (answer.status === 401) spent.add(token);
    const cookie = answer.headers.getSetCookie()[0]?.split(";", 1)[0];
    if (!answer.ok || !cookie)
      throw new Error(`the hub answered ${answer.status} to ${role}'s link`);
    spent.add(token);
    cookies[role] = cookie;
    await keep();
    return cookie;
  }

  /** One after another: two at once would move the half-made file away from each other. */
  let keeping: Promise<unknown> = Promise.resolve();
  const keep = () => {
    const kept = keeping.then(() => writeCookies(file, cookies));
    keeping = kept.catch(() => undefined);
    return kept;
  };

  return {
    logins,
    async ask<T>(
      by: StaffRole,
      method: "GET" | "POST" | "PUT",
      path: string,
      body?: object,
    ) {
      const once = async (cookie: string) =>
        send(path, {
          method,
          headers: {
            cookie,
            ...(body && { "content-type": "application/json" }),
          },
          ...(body && { body: JSON.stringify(body) }),
        });
      const cookie = cookies[by] ?? (await enter(by));
      let answer = await once(cookie);
      if (answer.status === 401) {
        await answer.body?.cancel();
        // Somebody else at this desk may have come in anew meanwhile.
        const now = cookies[by];
        answer = await once(now && now !== cookie ? now : await enter(by));
      }
      const text = await answer.text();
      return { status: answer.status, body: JSON.parse(text || "null") as T };
    },
  };
}

async function readLinks(file: string): Promise<Link[]> {
  const { mode } = await stat(file);
  // Windows has no such bits.
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    throw new Error(
      `${file} holds sign-in links and can be read by others; run chmod 600 on it`,
    );
  const links: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!Array.isArray(links))
    throw new Error(`${file} is not a list of sign-in links`);
  return links as Link[];
}

type Cookies = Partial<Record<StaffRole, string>>;

const readCookies = (file: string): Promise<Cookies> =>
  readFile(file, "utf8").then(
    (text) => JSON.parse(text) as Cookies,
    () => ({}),
  );

/** Whole or not at all: a program killed meanwhile finds the last ones. */
async function writeCookies(file: string, cookies: Cookies): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(cookies), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
