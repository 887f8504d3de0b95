/** Which centre's duty the page shows: the one that its address names, else one's own. */
import { computed } from "vue";
import { useRoute } from "vue-router";
import { useLanguage } from "../i18n/index.ts";
import { useAsk } from "../live/ask.ts";
import { useCity } from "../live/city.ts";
import { useLive } from "../live/source.ts";

/** What a door is asked of. */
export function useCentreQuery() {
  const route = useRoute();
  return computed((): { centre?: string } => {
    const { centre } = route.query;
    return typeof centre === "string" && centre !== "" ? { centre } : {};
  });
}

export function useCentres() {
  const live = useLive();
  const { departments } = useCity();
  const { nameOf } = useLanguage();
  const query = useCentreQuery();
  const asked = useAsk(() => live.call("listDutyCentres"));
  const all = computed(() => asked.answer.value?.items ?? []);
  const shown = computed(() => {
    const { centre } = query.value;
    return centre === undefined
      ? // One's own come first; whoever has none reads what of the city's is for everybody.
        (all.value.find(({ isOwn }) => isOwn) ?? null)
      : (all.value.find(({ code }) => code === centre) ?? null);
  });
  return {
    ...{ all, shown, query, again: asked.again },
    nameOf(code: string): string {
      const found = departments.value.get(code);
      return found ? nameOf(found) : code;
    },
  };
}
