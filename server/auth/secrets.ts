/** Random secrets that are handed out once; of each only the SHA-256 is kept. */
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits: nobody guesses it, so a fast hash is enough (decisions B9). */
export const createSecret = (): string => randomBytes(32).toString("base64url");

export const hashOf = (secret: string): string =>
  createHash("sha256").update(secret).digest("hex");
