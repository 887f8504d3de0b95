/** The screens that a wall may be given, and their titles. */
import { computed } from "vue";
import { useLanguage } from "../../i18n/index.ts";
import { useAsk } from "../../live/ask.ts";
import type { Reply } from "../../live/call.ts";
import { useLive } from "../../live/source.ts";
import { useDesk } from "../desk.ts";

export function useScreens() {
  const live = useLive();
  const { say } = useLanguage();
  const { may } = useDesk();
  const nothing: Reply<"listScreens"> = { items: [] };
  // Who may not look at screens may still give one, by its id.
  const asked = useAsk(async () =>
    may("watch") ? live.call("listScreens") : nothing,
  );
  const screens = computed(() => asked.answer.value?.items ?? []);
  return {
    screens,
    titleOf(id: string): string {
      const found = screens.value.find((one) => one.id === id);
      return found ? say(found.title) : id;
    },
  };
}
