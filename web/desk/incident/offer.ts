/** Commands that come and go with what a component knows. */
import { effectScope, onScopeDispose, watch, type EffectScope } from "vue";
import type { Command, Commands } from "../command.ts";

/** Offers what `list` tells now, as long as the component lives. */
export function useOffer(
  commands: Commands,
  list: () => readonly Command[],
): void {
  let offered: EffectScope | null = null;
  watch(
    list,
    (now) => {
      offered?.stop();
      offered = effectScope(true);
      offered.run(() => commands.offer(now));
    },
    { immediate: true },
  );
  onScopeDispose(() => offered?.stop());
}
