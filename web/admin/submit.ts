/** Sending a form: busy meanwhile, and what the hub says against it, at its field where it names one. */
import { computed, ref } from "vue";
import { useSentences } from "../i18n/sentence.ts";
import { CallError } from "../live/call.ts";
import { useNames } from "./names.ts";

/** Name of a body's field in a problem's path, empty for anything else: `/body/name` → `name`. */
export const fieldOf = (path: string): string =>
  /^\/body\/([^/]+)/.exec(path)?.[1] ?? "";

/** @param known fields that the form can show a sentence at */
export function useSubmit(known: readonly string[] = []) {
  const { say, sayCause } = useSentences(useNames());
  const busy = ref(false);
  const failure = ref<CallError | null>(null);

  const errors = computed(() => {
    const found: Record<string, string> = {};
    for (const error of failure.value?.problem?.errors ?? []) {
      const field = fieldOf(error.path);
      if (known.includes(field)) found[field] ??= say(error);
    }
    return found;
  });
  /** Sentence above the form: whatever stands at no field. */
  const trouble = computed(() => {
    if (!failure.value) return null;
    return Object.keys(errors.value).length > 0
      ? null
      : sayCause(failure.value);
  });

  /** @returns what the act told, or null where it failed or another is under way */
  async function submit<T>(act: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    failure.value = null;
    try {
      return await act();
    } catch (cause) {
      failure.value =
        cause instanceof CallError
          ? cause
          : new CallError(String(cause), 0, null);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, errors, trouble, failure, submit };
}
