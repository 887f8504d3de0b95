/** How a wall without an identity gets one: a code to show, and the question whether somebody approved it. */
import { readonly, shallowRef } from "vue";
import { SECOND } from "../../contract/time.ts";
import { CallError, type Call, type Reply } from "../live/call.ts";

const EVERY = 2 * SECOND;
const LONGEST = 30 * SECOND;
/** A hall of walls must not ask in one beat: up to so much later each. */
const JITTER = 0.2;

type Pairing = Reply<"requestPairing">;

/** Kept over a reload of the page, and no longer than its tab. */
const KEPT = "pairing";

function readKept(kept: Storage): Pairing | null {
  try {
    const told = JSON.parse(kept.getItem(KEPT) ?? "null") as Pairing | null;
    return typeof told?.secret === "string" ? told : null;
  } catch {
    return null;
  }
}

/**
 * Asks for a code and goes on asking until it is approved, whatever happens.
 * @param ask.now epoch ms by the hub's clock
 * @param ask.paired called once, with the screens that the wall was given
 */
export function startPairing(ask: {
  call: Call;
  now: () => number;
  kept: Storage;
  random: () => number;
  paired: (screens: string[]) => void;
}) {
  const shown = shallowRef<Pairing | null>(readKept(ask.kept));
  /** `lost`: the hub cannot be reached. `busy`: it wants to be left alone for a while. */
  const trouble = shallowRef<"lost" | "busy" | null>(null);
  let failures = 0;
  let timer: ReturnType<typeof setTimeout>;
  let over = false;

  function show(pairing: Pairing | null): void {
    shown.value = pairing;
    if (pairing) ask.kept.setItem(KEPT, JSON.stringify(pairing));
    else ask.kept.removeItem(KEPT);
  }

  /** @returns ms until the next step */
  async function step(): Promise<number> {
    const mine = shown.value;
    if (!mine) {
      show(await ask.call("requestPairing"));
      return EVERY;
    }
    const told = await ask
      .call("claimPairing", { body: { secret: mine.secret } })
      .catch((cause: unknown) => {
        // Whatever the hub has against this secret, another will do.
        const isOurs = cause instanceof CallError && cause.status === 422;
        if (!isOurs) throw cause;
        return { state: "expired" as const, screens: [] };
      });
    if (told.state === "paired") {
      show(null);
      over = true;
      ask.paired(told.screens);
    }
    if (told.state !== "expired" && mine.until > ask.now()) return EVERY;
    show(null);
    return 0;
  }

  function failed(cause: unknown): number {
    const said = cause instanceof CallError ? cause : null;
    trouble.value = said?.status === 429 ? "busy" : "lost";
    const backOff = Math.min(LONGEST, EVERY * 2 ** failures++);
    return Math.max(said?.retryAfter ?? 0, backOff);
  }

  async function turn(): Promise<void> {
    let wait: number;
    try {
      wait = await step();
      [failures, trouble.value] = [0, null];
    } catch (cause) {
      wait = failed(cause);
    }
    const spread = 1 + JITTER * ask.random();
    if (!over) timer = setTimeout(() => void turn(), wait * spread);
  }
  void turn();

  return {
    shown: readonly(shown),
    trouble: readonly(trouble),
    stop() {
      over = true;
      clearTimeout(timer);
    },
  };
}
