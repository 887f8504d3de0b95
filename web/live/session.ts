/** Who is looking. A sign-in link's token is exchanged once and leaves the address bar. */
import { shallowReadonly, shallowRef, type ShallowRef } from "vue";
import type { Session } from "../../contract/session.ts";
import { CallError, type Call } from "./call.ts";

/** `unknown`: nobody has asked yet. `denied`: the hub does not know this browser. */
export type SessionState = Session | "unknown" | "denied";

const state = shallowRef<SessionState>("unknown");

export const session: Readonly<ShallowRef<SessionState>> =
  shallowReadonly(state);

const refused = shallowRef(false);

/** The address held a sign-in link that the hub did not take: used before, or of an earlier start. */
export const linkRefused: Readonly<ShallowRef<boolean>> =
  shallowReadonly(refused);

/** Told by whoever met a 401. */
export function denySession(): void {
  state.value = "denied";
}

/** Token of a link `/#token=…`, or null. */
export function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token");
}

/**
 * Exchanges the token in the address bar, where there is one, for a session.
 * A used or wrong token is no error here: the hub answers `denied` later.
 */
export async function openSession(call: Call): Promise<void> {
  const token = tokenIn(location.hash);
  if (token === null) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    state.value = await call("signIn", { body: { token } });
  } catch (cause) {
    // A reload of an already used link may still hold a good cookie.
    state.value = await call("whoAmI").catch(() => "denied" as const);
    refused.value =
      state.value === "denied" &&
      cause instanceof CallError &&
      cause.status === 401;
  }
}
