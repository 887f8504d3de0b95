/**
 * Secrets that must be read again are sealed at rest with the server's key,
 * which lies outside the store: whoever has the store alone opens nothing.
 * Each purpose has a key of its own, derived from the one (HKDF, RFC 5869).
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface Seal {
  /** AES-256-GCM, as text. The same text never seals alike. */
  seal(purpose: string, text: string): string;
  /** @throws Error where it was sealed with another key, for another purpose, or changed */
  unseal(purpose: string, sealed: string): string;
  /** HMAC-SHA256, hex. */
  mac(purpose: string, text: string): string;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const OTHERS = 0o077;

export function createSeal(key: Buffer): Seal {
  const keys = new Map<string, Buffer>();
  const keyOf = (purpose: string): Buffer => {
    let own = keys.get(purpose);
    if (!own) {
      const info = `chengshu ${purpose}`;
      own = Buffer.from(hkdfSync("sha256", key, "", info, KEY_BYTES));
      keys.set(purpose, own);
    }
    return own;
  };
  return {
    seal(purpose, text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", keyOf(purpose), iv);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString(
        "base64url",
      );
    },
    unseal(purpose, sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      const iv = bytes.subarray(0, IV_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", keyOf(purpose), iv, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        return (
          decipher.update(
            bytes.subarray(IV_BYTES + TAG_BYTES),
            undefined,
            "utf8",
          ) + decipher.final("utf8")
        );
      } catch {
        throw new Error(
          `a sealed ${purpose} does not open: the server's key (SECRET_KEY_FILE) is not the one it was sealed with`,
        );
      }
    },
    mac: (purpose, text) =>
      createHmac("sha256", keyOf(purpose)).update(text).digest("hex"),
  };
}

export interface KeySource {
  /** Base64 of 32 bytes, from the environment. */
  secretKey: string | null;
  secretKeyFile: string | null;
  dataDir: string;
  /** Whoever only looks makes no key. */
  make?: boolean;
}

/**
 * Finds the server's key; at a first start without one it makes a file in the
 * data folder, unless `make` is false. @throws Error with a sentence: a key that others can read, or
 * that is no key
 */
export async function openSeal(source: KeySource): Promise<Seal> {
  if (source.secretKey !== null)
    return createSeal(keyOf(source.secretKey, "SECRET_KEY"));
  const own = join(source.dataDir, "secret.key");
  const file = source.secretKeyFile ?? own;
  if (file === own && source.make !== false) await makeKey(own);
  const { mode } = await stat(file).catch(() => {
    throw new Error(`SECRET_KEY_FILE: there is no file ${file}`);
  });
  if (mode & OTHERS)
    throw new Error(
      `SECRET_KEY_FILE: others on this machine can read ${file}; give it mode 600`,
    );
  return createSeal(keyOf(await readFile(file, "utf8"), file));
}

function keyOf(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), "base64");
  if (key.length === KEY_BYTES) return key;
  throw new Error(
    `${where}: expected base64 of ${KEY_BYTES} random bytes; openssl rand -base64 32 makes one`,
  );
}

async function makeKey(file: string): Promise<void> {
  const key = `${randomBytes(KEY_BYTES).toString("base64")}\n`;
  await writeFile(file, key, { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
}
