/** What the parts of the duty page share: who is on, the shifts by name, and asking once at a time. */
import { computed, ref, watch } from "vue";
import { useI18n } from "vue-i18n";
import type { ShiftKey } from "../../contract/duty.ts";
import { DAY } from "../../contract/time.ts";
import { useLanguage } from "../i18n/index.ts";
import { useSentences } from "../i18n/sentence.ts";
import { hourMinute, moment } from "../i18n/times.ts";
import { useAsk } from "../live/ask.ts";
import { useCity } from "../live/city.ts";
import { useNow } from "../live/now.ts";
import { useLive } from "../live/source.ts";
import { useTopic } from "../live/topic.ts";
import { useCentres } from "./centre.ts";
import { words } from "./words.ts";

/** YYYY-MM-DD of an instant in a zone, so many days later. */
export function dateAt(at: number, zone: string, later = 0): string {
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(at);
  return new Date(Date.parse(date) + later * DAY).toISOString().slice(0, 10);
}

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  const at = Date.parse(date);
  const since = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - since * DAY).toISOString().slice(0, 10);
}

export const useDutyWords = () =>
  useI18n({ useScope: "local", messages: words });

/** Times of the duty, in the city's zone. */
export function useTimes() {
  const { zone } = useCity();
  const now = useNow(1_000);
  return {
    ...{ now, zone },
    clock: (at: number) => hourMinute(at, zone.value),
    moment: (at: number) => moment(at, now.value, zone.value),
  };
}

/** The centre, and who is on there, asked anew whenever the topic tells that it changed. */
export function useDuty() {
  const live = useLive();
  const { zone } = useCity();
  const { nameOf } = useLanguage();
  const topic = useTopic("duty", {});
  const centres = useCentres();
  const { query } = centres;
  const asked = useAsk(() => live.call("getDuty", { query: query.value }));
  watch(
    () => JSON.stringify(topic.items.get(asked.answer.value?.id ?? "now")),
    (told, before) => before !== undefined && told !== before && asked.again(),
  );
  const roster = useAsk(() =>
    live.call("listRoster", {
      query: {
        ...query.value,
        // Yesterday's night is next where the shift before it is not received at midnight; and a page stays open for days.
        from: dateAt(live.now(), zone.value, -1),
        to: dateAt(live.now(), zone.value, 2),
      },
    }),
  );
  watch(query, again);
  function again(): void {
    asked.again();
    roster.again();
  }
  const now = computed(() => asked.answer.value);
  return {
    now,
    trouble: asked.trouble,
    shifts: computed(() => roster.answer.value?.shifts ?? []),
    /** Those of the next shift who have an account. */
    heirs: computed(() => {
      const next = now.value?.next;
      return (roster.answer.value?.rows ?? []).filter(
        ({ date, shift, login }) =>
          date === next?.date && shift === next.shift && login !== "",
      );
    }),
    centres,
    /** What the page's questions are of. */
    query,
    /** Is it one's own to write in? */
    isOwn: computed(() => centres.shown.value?.isOwn ?? false),
    again,
    shiftName(of: ShiftKey): string {
      const found = roster.answer.value?.shifts.find(
        ({ id }) => id === of.shift,
      );
      return found ? nameOf(found) : of.shift;
    },
  };
}
export type Duty = ReturnType<typeof useDuty>;

/** Something that is done at a door: once at a time, and in the reader's language why it was not. */
export function useAct() {
  const { say, sayCause } = useSentences();
  const busy = ref(false);
  const problem = ref<string | null>(null);
  const faults = ref<string[]>([]);

  /** @returns null where it was not done */
  async function act<T>(work: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = null;
    faults.value = [];
    try {
      return await work();
    } catch (cause) {
      const error = cause as Parameters<typeof sayCause>[0];
      const against = error.problem?.errors ?? [];
      faults.value = against.map(say);
      problem.value = error.problem
        ? sayCause(
            Object.assign(new Error(error.message), {
              problem: { ...error.problem, errors: [] },
            }),
          )
        : sayCause(error);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { act, busy, problem, faults };
}
