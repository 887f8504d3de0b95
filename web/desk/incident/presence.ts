/** Who else has an incident open. The desk gives it where the hub tells it; else nobody is shown. */
import {
  computed,
  inject,
  provide,
  type ComputedRef,
  type InjectionKey,
} from "vue";

export interface Present {
  login: string;
  name: string;
  /** A form of theirs is open. */
  isTyping: boolean;
}

type PresentAt = (id: string) => readonly Present[];

const key: InjectionKey<PresentAt> = Symbol("presence");

export const providePresence = (presentAt: PresentAt): void =>
  provide(key, presentAt);

/** Those who have it open beside the reader; empty until somebody tells. */
export function usePresence(id: string): ComputedRef<readonly Present[]> {
  const presentAt = inject(key, null);
  return computed(() => presentAt?.(id) ?? []);
}
