/** How telling a system went the last time that it was taken, and the last time that it was not. */
export const webhookStanding = [
  "ALTER TABLE webhooks ADD COLUMN told_at INTEGER",
  "ALTER TABLE webhooks ADD COLUMN failed_at INTEGER",
  "ALTER TABLE webhooks ADD COLUMN failure TEXT NOT NULL DEFAULT ''",
];
