/** Tells the hub which incident is open here, and the panes who else has one open. */
import { useEventListener } from "@vueuse/core";
import { onScopeDispose, ref, watch, type Ref } from "vue";
import { SECOND } from "../../contract/time.ts";
import { known } from "../live/session.ts";
import { useLive } from "../live/source.ts";
import { useTopic } from "../live/topic.ts";
import { useTimer } from "../ui/timer.ts";
import { providePresence } from "./incident/presence.ts";

/** The hub forgets who is silent for longer than two of these. */
const EVERY = 20 * SECOND;
type Does = "looks" | "types" | "leaves";

/** @returns listeners for the pane: who writes in it is told as such */
export function useDeskPresence(opened: Readonly<Ref<string | null>>) {
  const live = useLive();
  const topic = useTopic("presence", {});
  const isTyping = ref(false);

  /** What was said before has arrived. */
  let said: Promise<unknown> = Promise.resolve();
  // No act of anybody's: where it cannot be said it is said again soon.
  const tell = (id: string, does: Does, keepalive = false) =>
    live
      .call("bePresent", { path: { id }, body: { does }, keepalive })
      .catch(() => undefined);
  // One after the other: a look that overtook the leaving would outlast it.
  const say = (id: string, does: Does) =>
    void (said = said.then(() => tell(id, does)));
  const sayNow = () => {
    if (opened.value !== null)
      say(opened.value, isTyping.value ? "types" : "looks");
  };
  watch(
    opened,
    (_now, before) => {
      if (before) say(before, "leaves");
      isTyping.value = false;
      sayNow();
    },
    { immediate: true },
  );
  watch(isTyping, sayNow);
  useTimer(() => (opened.value === null ? 0 : EVERY), sayNow);
  onScopeDispose(() => opened.value !== null && say(opened.value, "leaves"));
  // A page that is left waits for nothing; silence ends what does not get through.
  useEventListener("pagehide", () => {
    if (opened.value !== null) void tell(opened.value, "leaves", true);
  });
  // Back from the browser's memory, with the incident still open.
  useEventListener("pageshow", (event) => event.persisted && sayNow());

  providePresence((id) =>
    (topic.items.get(id)?.people ?? [])
      .filter(({ login }) => login !== known.value?.login)
      .map(({ login, name, does }) => ({
        ...{ login, name },
        isTyping: does === "types",
      })),
  );

  const isField = (target: EventTarget | null) =>
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return {
    focusin: ({ target }: FocusEvent) => {
      if (isField(target)) isTyping.value = true;
    },
    focusout: () => (isTyping.value = false),
  };
}
