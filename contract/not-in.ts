import { z } from "zod";

/** What became of a session or of a wall's token: told to whoever still shows it. */
export const Lapse = z.enum([
  ...(["accountOff", "ended", "elsewhere", "wallOff", "wallRevoked"] as const),
]);
export type Lapse = z.infer<typeof Lapse>;

/** How the way over the single sign-on ended. */
export const NotVouched = z.enum([
  ...(["notBegun", "saidNo", "noRights", "taken", "silent"] as const),
  ...(["busy", "failed"] as const),
]);
export type NotVouched = z.infer<typeof NotVouched>;

/** Why somebody is not in, as a code that pages have words for. */
export const NotIn = z.enum([...Lapse.options, ...NotVouched.options]);
export type NotIn = z.infer<typeof NotIn>;
