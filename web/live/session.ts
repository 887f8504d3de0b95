/** Who is looking, as the hub's doors tell it. A sign-in link's token is exchanged once and leaves the address bar. */
import {
  computed,
  shallowReadonly,
  shallowRef,
  type ComputedRef,
  type ShallowRef,
} from "vue";
import { api } from "../../contract/api.ts";
import { Problem } from "../../contract/door.ts";
import type { NotIn } from "../../contract/not-in.ts";
import type { Action } from "../../contract/role.ts";
import { Session } from "../../contract/session.ts";
import { CallError, type Call, type Hear } from "./call.ts";
import { firstPageOf } from "./first-page.ts";

/** `unknown`: nobody has asked yet. `denied`: the hub does not know this browser. */
export type SessionState = Session | "unknown" | "denied";

const state = shallowRef<SessionState>("unknown");

export const session: Readonly<ShallowRef<SessionState>> =
  shallowReadonly(state);

/** The session where there is one, whatever its stage. */
export const known: ComputedRef<Session | null> = computed(() =>
  typeof state.value === "object" ? state.value : null,
);

export const complete = computed(() => known.value?.stage === "complete");

/** Only the sign-in page helps. A locked desk keeps its page: it is unlocked where it is. */
export const needsSignIn = computed(
  () =>
    state.value === "denied" ||
    (known.value !== null &&
      known.value.stage !== "complete" &&
      known.value.stage !== "locked"),
);

/** May whoever is looking do this? False until it is known. */
export const may = (action: Action): boolean =>
  known.value?.permissions.includes(action) ?? false;

const lapse = shallowRef<NotIn | null>(null);

/** Why the hub knows this browser no more; null where there is nothing to tell. */
export const notIn: Readonly<ShallowRef<NotIn | null>> = shallowReadonly(lapse);

export function keepSession(
  told: SessionState,
  why: NotIn | null = null,
): void {
  state.value = told;
  lapse.value = why;
}

/**
 * Keeps what the doors' answers say about who is looking. A 401 of some door
 * may mean that the session ended, or only that the desk is locked: `whoAmI`
 * is asked then, once at a time.
 */
export function createHearing(whoAmI: () => Promise<unknown>): Hear {
  let asking = false;
  return (door, status, body) => {
    const found = status === 200 && api[door].reply === Session;
    if (found) keepSession(body as Session);
    else if (door === "signOut" && status === 200) keepSession("denied");
    else if (door === "whoAmI" && status === 401)
      keepSession("denied", Problem.safeParse(body).data?.why);
    else if (door !== "signIn" && status === 401 && !asking) {
      asking = true;
      void whoAmI()
        .catch(() => {})
        .finally(() => (asking = false));
    }
  };
}

const refused = shallowRef(false);

/** The address held a sign-in link that the hub did not take: used before, or of an earlier start. */
export const linkRefused: Readonly<ShallowRef<boolean>> =
  shallowReadonly(refused);

const rest = shallowRef<string | null>(null);

/** What stood in a link `/#half=…`: it opens with the half that the person was told besides. */
export const linkRest: Readonly<ShallowRef<string | null>> =
  shallowReadonly(rest);

/** The link was used, or its person goes another way. */
export const forgetLink = (): void => void (rest.value = null);

/** What a link `/#token=…` or `/#half=…` holds, or null. */
export function heldIn(hash: string, name: "token" | "half"): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get(name);
}

/**
 * Exchanges the token in the address bar, where there is one, for a session,
 * and goes to the first page of whoever came in.
 * A used or wrong token is no error here: the sign-in page says it.
 */
export async function openSession(call: Call): Promise<void> {
  rest.value = heldIn(location.hash, "half");
  if (rest.value !== null)
    return history.replaceState(history.state, "", `/login${location.search}`);
  const token = heldIn(location.hash, "token");
  if (token === null) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    await call("signIn", { body: { token } });
  } catch (cause) {
    // A reload of an already used link may still hold a good cookie.
    await call("whoAmI").catch(() => {});
    refused.value =
      state.value === "denied" &&
      cause instanceof CallError &&
      cause.status === 401;
  }
  // A link to nothing but the site; where more is asked of its person, the sign-in leads on.
  if (location.pathname === "/" && known.value && complete.value)
    history.replaceState(
      history.state,
      "",
      firstPageOf(known.value) + location.search,
    );
}
