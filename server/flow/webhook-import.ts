/** Systems that a launcher has told back, with the secrets that it gave them. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { Webhook } from "../../contract/webhook.ts";
import type { OutboxFlow } from "./outbox.ts";

const Rows = z.array(
  Webhook.pick({ system: true, url: true }).extend({
    secret: z.string().min(32),
  }),
);

/**
 * Takes a launcher's file: addresses and secrets are its own and hold anew with
 * every start; what somebody paused stays paused.
 * @throws Error with a sentence where its file is not as it should be
 */
export async function importWebhooks(
  outbox: Pick<OutboxFlow, "webhooks" | "put">,
  file: string | null,
): Promise<void> {
  if (file === null) return;
  const given: unknown = JSON.parse(await readFile(file, "utf8"));
  const rows = Rows.safeParse(given);
  if (!rows.success) {
    const { path, message } = rows.error.issues[0]!;
    throw new Error(`WEBHOOKS: at /${path.join("/")}: ${message}`);
  }
  for (const { secret, ...row } of rows.data) {
    const known = outbox.webhooks().find(({ system }) => system === row.system);
    await outbox.put(
      { ...row, enabled: known?.enabled ?? true },
      { newSecret: true, secret },
    );
  }
}
