/** The same refusal is kept once, with how often it came. */
export const quarantineTimes = [
  `ALTER TABLE quarantine ADD COLUMN times INTEGER NOT NULL DEFAULT 1`,
];
