/** What other systems are still to be told, and where. */
import type { Webhook, WebhookView } from "../../contract/webhook.ts";

/** A change of status, on its way to the system that brought the incident. */
export interface Notice {
  /** Its key: the same for every try. */
  id: string;
  incident: string;
  rev: number;
  system: string;
  /** JSON. */
  body: string;
  dueAt: number;
}

/** What a step adds to the outbox, and whose notice it takes back. */
export interface Notices {
  notices: Notice[];
  withdrawn: { incident: string; rev: number } | null;
}

export interface StoredNotice extends Pick<
  Notice,
  "id" | "incident" | "system" | "body"
> {
  tries: number;
}

/** `secret` is sealed. */
export interface StoredWebhook extends Webhook {
  secret: string;
}

export interface OutboxStore {
  /** What is due, the oldest first, and of one incident one at a time. */
  due(now: number, limit: number): Promise<StoredNotice[]>;
  /** Counts a try before it is made. @returns false where it was taken back */
  begin(id: string): Promise<boolean>;
  told(id: string, at: number): Promise<void>;
  /** It was not taken, and is due again then; null = it is given up. */
  again(
    id: string,
    dueAt: number | null,
    failure: { at: number; why: string },
  ): Promise<void>;
  /** What was tried before is due now, be it given up. @returns how many */
  retry(system: string, now: number): Promise<number>;
  standings(): Promise<WebhookView[]>;
  counts(): Promise<{ waiting: number; dead: number }>;
  webhooks(): Promise<StoredWebhook[]>;
  putWebhook(row: StoredWebhook): Promise<void>;
  /** With all that waits for it. */
  dropWebhook(system: string): Promise<void>;
}
