/** Sending a form: busy meanwhile, and what the hub says against it, at its field where the form has one. */
import {
  computed,
  inject,
  onScopeDispose,
  provide,
  reactive,
  ref,
  type ComputedRef,
  type InjectionKey,
} from "vue";
import { useSentences } from "../i18n/sentence.ts";
import { CallError } from "../live/call.ts";
import { useNames } from "./names.ts";

/** Name of a body's field in a problem's path, empty for anything else: `/body/name` → `name`. */
export const fieldOf = (path: string): string =>
  /^\/body\/([^/]+)/.exec(path)?.[1] ?? "";

interface Form {
  errors: ComputedRef<Record<string, string>>;
  /** Names of the fields that are on the page. */
  fields: Set<string>;
}
const FORM: InjectionKey<Form> = Symbol("form");

/**
 * Of a field below a form that is sent.
 * @param name as the body has it
 * @returns what the hub said against it, or undefined
 */
export function useError(name: string): ComputedRef<string | undefined> {
  const form = inject(FORM);
  if (!form)
    throw new Error(`the field ${name} stands in no form that is sent`);
  form.fields.add(name);
  onScopeDispose(() => form.fields.delete(name));
  return computed(() => form.errors.value[name]);
}

/** Of the form that this component is, or holds: its fields below find their errors by themselves. */
export function useSubmit() {
  const { say, sayCause } = useSentences(useNames());
  const busy = ref(false);
  const failure = ref<CallError | null>(null);
  const fields = reactive(new Set<string>());

  const errors = computed(() => {
    const found: Record<string, string> = {};
    for (const error of failure.value?.problem?.errors ?? []) {
      const field = fieldOf(error.path);
      if (fields.has(field)) found[field] ??= say(error);
    }
    return found;
  });
  provide(FORM, { errors, fields });
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
  return { busy, trouble, failure, submit };
}
