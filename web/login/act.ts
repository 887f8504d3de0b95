/** What a form asks of a door: once at a time, and what went wrong as a sentence of the page's language. */
import { computed, ref, shallowRef } from "vue";
import type { Problem } from "../../contract/door.ts";
import type { SentenceCode } from "../../contract/sentence.ts";
import { MINUTE, SECOND } from "../../contract/time.ts";
import { useSentences } from "../i18n/sentence.ts";
import { CallError } from "../live/call.ts";
import { useNow } from "../live/now.ts";
import { useLive } from "../live/source.ts";
import type { Say } from "./words.ts";

type Wrong = "wrongHalf" | "wrongSignIn" | "wrongCode" | "wrongPassword";

/** What the caller gave was wrong: the same answer whichever part of it. */
const REFUSALS = [400, 401, 403, 404, 422];
/** Sentences that say no more than that; what this page asked for says it better. */
const VAGUE: readonly (SentenceCode | undefined)[] = [
  "notRight",
  "codeNotRight",
  "linkNotValid",
  "partWrong",
  undefined,
];

export function useAct(t: Say, wrong: Wrong) {
  const live = useLive();
  const { sayCause } = useSentences();
  const now = useNow();
  const busy = ref(false);
  const trouble = shallowRef<CallError | null>(null);
  /** When the hub wants to be asked again, by its clock. */
  const opens = ref(0);
  const left = computed(() => Math.max(0, opens.value - now.value));

  function span(ms: number): string {
    const key = ms < MINUTE ? "age.seconds" : "age.minutes";
    return t(key, { n: Math.ceil(ms / (ms < MINUTE ? SECOND : MINUTE)) });
  }
  const sentence = computed(() => {
    const cause = trouble.value;
    if (!cause) return null;
    if (cause.status === 0) return t("unreachable");
    if (cause.status === 429)
      return left.value > 0
        ? t("wait", { time: span(left.value) })
        : cause.retryAfter === null
          ? t("waitSome")
          : null;
    const isVague = VAGUE.includes(cause.problem?.code);
    if (isVague && REFUSALS.includes(cause.status)) return t(wrong);
    return t("failed", { problem: sayCause(cause) });
  });

  /** Null where it did not succeed; `sentence` says why then. */
  async function act<T>(work: () => Promise<T>): Promise<T | null> {
    if (busy.value || left.value > 0) return null;
    busy.value = true;
    try {
      const done = await work();
      trouble.value = null;
      return done;
    } catch (cause) {
      trouble.value =
        cause instanceof CallError
          ? cause
          : new CallError(String(cause), 500, null);
      if (trouble.value.retryAfter !== null)
        opens.value = live.now() + trouble.value.retryAfter;
      return null;
    } finally {
      busy.value = false;
    }
  }

  return {
    act,
    busy,
    sentence,
    /** Nothing can be sent now. */
    shut: computed(() => busy.value || left.value > 0),
    /** The door's own words about single fields. */
    errors: computed<NonNullable<Problem["errors"]>>(
      () => trouble.value?.problem?.errors ?? [],
    ),
    forget: () => (trouble.value = null),
  };
}
