/** Metres around a matter within which people look for what could help. */
export const AROUND = 1_000;
