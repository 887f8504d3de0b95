/**
 * `npm run link -- LOGIN`: a new one-time link for an account whose password or
 * telephone is lost and whom nobody else can let in. For whoever keeps the
 * machine, while the hub is stopped; the audit tells of it.
 */
import { say } from "../contract/sentence.ts";
import { auditFile } from "./auth/audit-anchor.ts";
import { openAudit } from "./auth/audit-chain.ts";
import { FORGOTTEN } from "./auth/first.ts";
import { linkTo } from "../contract/link.ts";
import { maskText } from "./auth/mask.ts";
import { openSeal } from "./auth/seal.ts";
import { createSecret, hashOf } from "./auth/secrets.ts";
import { LINK_FOR } from "./auth/sign-in.ts";
import { config as readConfig } from "./config.ts";
import { systemClock as clock } from "./lib/clock.ts";
import { createLog } from "./lib/log.ts";
import { makePrivately } from "./lib/private.ts";
import { holdStore } from "./store/hold.ts";
import { openStore } from "./store/open.ts";
import type { Store } from "./store/store.ts";

async function main(login: string | undefined): Promise<void> {
  if (!login) throw new Error("Say whose: npm run link -- LOGIN");
  const config = readConfig();
  makePrivately();
  const seal = await openSeal({ ...config, make: false });
  const hold = await holdStore(config.databaseUrl, stop);
  try {
    const store = await openStore({ url: config.databaseUrl });
    try {
      const audit = await openAudit({
        ...{ store: store.audit, seal, clock, mask: maskText },
        ...{ anchorFile: auditFile(config.dataDir), log: createLog("warn") },
      });
      const account = await store.accounts.byLogin(login.toLowerCase());
      if (!account) throw new Error(`there is no account ${login}`);
      if (!account.enabled)
        throw new Error(
          `${account.login} is switched off: two administrators switch it on`,
        );
      await audit.write({
        ...{ who: "shell", roles: [], address: "", act: "newLink" },
        ...{ object: `account/${account.login}`, result: "done" },
        detail: say("onOwnMachine").message,
      });
      const token = await newLink(store, account.id);
      await audit.close();
      const url = config.publicUrl ?? `http://${config.host}:${config.port}`;
      process.stdout.write(
        `${linkTo(url, token)}\nIt opens one sign-in of ${account.login} within three days, once the hub runs again.\n`,
      );
    } finally {
      await store.close();
    }
  } finally {
    await hold.release();
  }
}

async function newLink(store: Store, account: string): Promise<string> {
  const token = createSecret();
  await store.accounts.change(account, FORGOTTEN);
  const sessions = await store.sessions.all();
  await store.sessions.remove(
    sessions.filter((one) => one.account === account).map(({ id }) => id),
  );
  await store.accounts.addLink(hashOf(token), account, clock.now() + LINK_FOR);
  return token;
}

/** A hub came between while PostgreSQL was away. */
function stop(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

try {
  await main(process.argv[2]);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
