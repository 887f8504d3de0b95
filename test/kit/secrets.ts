/** Whatever secret went over the wire, and where else it must not be. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { linkTo, wholeToken } from "../../contract/link.ts";
import type { AuditLine } from "../../contract/audit.ts";

/** The token of a link, as the page reads it. */
export const tokenOf = (url: string): string =>
  new URLSearchParams(new URL(url).hash.slice(1)).get("token")!;

/** A link that opens by itself, of what the asker of a change and its confirmer were told. */
export const joined = (half: string | null, url: string): string => {
  const { origin, hash } = new URL(url);
  const rest = new URLSearchParams(hash.slice(1)).get("half")!;
  return linkTo(origin, wholeToken(half!, rest));
};

/** Fields of what is sent, and of what is answered: there a code is a role's. */
export const SENT = ["password", "old", "token", "code", "secret"];
export const ANSWERED = ["secret", "uri", "half"];

/** Values of fields that hold secrets, wherever they lie, and tokens in links. */
export function* secretsIn(
  body: unknown,
  names: readonly string[],
): Generator<string> {
  if (typeof body !== "object" || body === null) return;
  for (const [name, value] of Object.entries(body) as [string, unknown][]) {
    if (name === "recoveryCodes") yield* value as string[];
    else if (typeof value !== "string") yield* secretsIn(value, names);
    else if (names.includes(name) && value !== "") yield value;
    else if (name === "url" && value.includes("#token=")) yield tokenOf(value);
    else if (name === "url" && value.includes("#half="))
      yield value.split("#half=", 2)[1]!;
  }
}

/** Secrets that lie where others read them: in the audit, the log, the store's file. */
export function leaksOf(
  secrets: Iterable<string>,
  held: { audit: AuditLine[]; log: string; dataDir: string },
): { place: string; secret: string }[] {
  const audit = held.audit.map(({ who, object, detail, before, after }) =>
    [who, object, detail, before, after].join("\n"),
  );
  const files = ["chengshu.db", "chengshu.db-wal"]
    .map((name) => join(held.dataDir, name))
    .filter((file) => existsSync(file));
  const places = {
    audit: audit.join("\n"),
    log: held.log,
    store: files.map((file) => readFileSync(file, "latin1")).join("\n"),
  };
  const leaks: { place: string; secret: string }[] = [];
  for (const [place, text] of Object.entries(places))
    for (const secret of secrets) {
      // Six digits stand by chance in hashes and instants.
      const isShort = secret.length < 8;
      if (isShort && place !== "audit") continue;
      const found = isShort
        ? new RegExp(`\\b${secret}\\b`).test(text)
        : text.includes(secret);
      if (found) leaks.push({ place, secret });
    }
  return leaks;
}
