/** Asks the hub where a camera's picture plays from: only while it is watched, since every opening is audited. */
import { onScopeDispose, shallowRef, watch, type Ref } from "vue";
import { CallError } from "../live/call.ts";
import { useLive } from "../live/source.ts";
import type { Stream } from "./source.ts";

/** Why there is no address. */
export type Denial =
  /** The camera is not for this viewer, or there is none. */
  | "notShared"
  /** The hub cannot tell now; it is asked again. */
  | "unasked";

export interface Opening {
  stream: Readonly<Ref<Stream | null>>;
  denial: Readonly<Ref<Denial | null>>;
}

/** Ms before a hub that could not tell is asked again. */
const AGAIN = 5_000;

/**
 * The stream of a camera. Asked for when it is first watched, and again after
 * every reconnect: rights may have changed, and addresses do not last.
 */
export function useOpening(
  camera: () => string,
  isWatched: () => boolean,
): Opening {
  const live = useLive();
  const stream = shallowRef<Stream | null>(null);
  const denial = shallowRef<Denial | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = "";
  let turn = 0;

  async function ask(mine: number): Promise<void> {
    try {
      const told = await live.call("openCamera", { body: { id: camera() } });
      if (mine !== turn) return;
      // The same address again is no reason to begin anew.
      if (stream.value?.url !== told.url || stream.value.kind !== told.kind)
        stream.value = told;
      denial.value = null;
    } catch (cause) {
      if (mine !== turn) return;
      stream.value = null;
      const status = cause instanceof CallError ? cause.status : 0;
      denial.value = status === 403 || status === 404 ? "notShared" : "unasked";
      if (denial.value === "unasked")
        timer = setTimeout(() => void ask(mine), AGAIN);
    }
  }

  watch(
    [camera, isWatched, live.openings],
    ([id, watched, openings], [before]) => {
      if (id !== before) {
        stop();
        stream.value = denial.value = null;
      }
      const question = `${openings} ${id}`;
      if (!watched || question === asked) return;
      stop();
      asked = question;
      void ask(turn);
    },
    { immediate: true },
  );

  function stop(): void {
    clearTimeout(timer);
    asked = "";
    turn++;
  }
  onScopeDispose(stop);
  return { stream, denial };
}
