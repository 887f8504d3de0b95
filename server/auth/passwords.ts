/** Passwords: the platform's scrypt, and the rules of 等保 (domain.md §12). */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { Policy } from "../../contract/rights.ts";
import { say, type Sentence } from "../../contract/sentence.ts";
import { createLanes } from "../lib/lanes.ts";
import { waitFor } from "./denied.ts";

/** OWASP's equal of argon2id: N = 2^15, r = 8, p = 3 (32 MiB, a seventh of a second). */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const MEMORY = 64 * 1024 * 1024;
const BYTES = 32;
/** Half of the platform's threads: files and names need the others. */
const lanes = createLanes(2, 100);

const derive = (password: string, salt: Buffer): Promise<Buffer> => {
  const work = () =>
    new Promise<Buffer>((done, failed) =>
      scrypt(
        // The same letters however the keyboard composed them.
        password.normalize("NFKC"),
        salt,
        BYTES,
        { ...COST, maxmem: MEMORY },
        (error, key) => (error ? failed(error) : done(key)),
      ),
    );
  const running = lanes.run(work);
  if (!running) throw waitFor(5_000, say("triesAll"));
  return running;
};

/** `scrypt$N$r$p$salt$key`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  const parts = [COST.N, COST.r, COST.p, salt, key].map((part) =>
    Buffer.isBuffer(part) ? part.toString("base64url") : part,
  );
  return ["scrypt", ...parts].join("$");
}

const NOBODY = `scrypt$0$0$0$${Buffer.alloc(16).toString("base64url")}$${Buffer.alloc(BYTES).toString("base64url")}`;

/** Takes as long for an account without a password, or for nobody (null), as for one with. */
export async function isPassword(
  password: string,
  hash: string | null,
): Promise<boolean> {
  const [, , , , salt, key] = (hash ?? NOBODY).split("$");
  const given = await derive(password, Buffer.from(salt!, "base64url"));
  const kept = Buffer.from(key!, "base64url");
  return timingSafeEqual(given, kept) && hash !== null;
}

/** Too well known, whatever is put around them. */
const COMMON = [
  ...["password", "passw0rd", "p@ssw0rd", "p@ssword", "qwerty", "asdfgh"],
  ...["123456", "654321", "111111", "888888", "666666", "112233", "abc123"],
  ...["admin", "letmein", "welcome", "iloveyou", "woaini", "5201314", "zxcvbn"],
  ...["chengshu", "1qaz2wsx", "1q2w3e4r", "qazwsx"],
];

const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];

/** What is wrong with a new password; none where it will do. */
export async function passwordFlaws(
  password: string,
  rules: Pick<Policy, "passwordLength" | "passwordKinds">,
  of: { login: string; name: string; staffNo: string; hashes: string[] },
): Promise<Sentence[]> {
  const flaws: Sentence[] = [];
  const lower = password.toLowerCase();
  if ([...password].length < rules.passwordLength)
    flaws.push(say("tooShort", { least: rules.passwordLength }));
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  if (kinds < rules.passwordKinds)
    flaws.push(say("passwordKinds", { least: rules.passwordKinds }));
  if (
    [of.login, of.name, of.staffNo].some(
      (own) => own.length >= 3 && lower.includes(own.toLowerCase()),
    )
  )
    flaws.push(say("passwordOwn"));
  // Two thirds of a well-known one are as good as all of it.
  if (
    COMMON.some(
      (word) => lower.includes(word) && word.length * 3 > lower.length,
    )
  )
    flaws.push(say("passwordKnown"));
  if (new Set(password).size < 5) flaws.push(say("passwordPlain"));
  if (flaws.length > 0) return flaws;
  for (const hash of of.hashes)
    if (await isPassword(password, hash)) return [say("passwordUsed")];
  return [];
}
