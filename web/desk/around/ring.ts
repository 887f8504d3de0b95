/** Metres around an incident within which a desk looks for what could help. */
export const RING = 1_000;
