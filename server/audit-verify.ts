/**
 * `npm run audit:verify`: checks the chain of the audit, its seal and its
 * anchor, whether or not the hub runs. It only looks: nothing is made or changed.
 */
import { existsSync } from "node:fs";
import { auditFile } from "./auth/audit-anchor.ts";
import { verifyAudit, type Verdict } from "./auth/audit-verify.ts";
import { openSeal } from "./auth/seal.ts";
import { config as readConfig } from "./config.ts";
import { createAuditReader } from "./store/audit.ts";
import { readDb } from "./store/open-db.ts";

async function main(): Promise<void> {
  const config = readConfig();
  const file = /^sqlite:(.+)$/.exec(config.databaseUrl)?.[1];
  if (file !== undefined && !existsSync(file))
    throw new Error(`DATA_DIR: there is no store ${file}`);
  const keys = await openSeal({ ...config, make: false });
  const db = await readDb(config.databaseUrl);
  try {
    tell(
      await verifyAudit({
        store: createAuditReader(db),
        keys,
        anchorFile: auditFile(config.dataDir),
      }),
    );
  } finally {
    await db.close();
  }
}

function tell({ lines, first, last, findings }: Verdict): void {
  say(`${lines} lines, from ${first} to ${last}`);
  if (findings.length === 0) return say("The audit is whole.");
  say("The audit is not whole:");
  for (const finding of findings) say(`- ${finding}`);
  process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await main();
} catch (error) {
  const { message } = error as Error;
  process.stderr.write(
    /no such table|relation .* does not exist/.test(message)
      ? "The store has no audit: start this version of the hub on it first.\n"
      : `${message}\n`,
  );
  process.exitCode = 1;
}
