/** What keys do among the alarms: along the list, and with the one at the cursor. */
import { computed, watch, type Ref } from "vue";
import { useRoute, useRouter } from "vue-router";
import type { AlarmView } from "../../../contract/alarm.ts";
import { may } from "../../live/session.ts";
import { createCommands, type Command } from "../command.ts";
import { useCommandKeys } from "../keys.ts";
import { useSurfaces } from "../surfaces.ts";
import { useDeskWords } from "../words.ts";
import { useAlarmWords } from "./words.ts";

const KEYS = {
  ...{ down: "j", up: "k", acknowledge: "a", shelve: "s" },
  ...{ unshelve: "u", open: "Enter", back: "Escape" },
};

/**
 * @param shown as they are listed; row `i` is the element `alarm-i`
 * @param cursor id of the alarm that keys mean
 * @returns the commands of the alarms alone, for buttons that name their keys
 */
export function useAlarmKeys(
  shown: Readonly<Ref<readonly AlarmView[]>>,
  cursor: Ref<string | null>,
  acts: {
    ask(act: "acknowledge" | "shelve", alarm: AlarmView): void;
    unshelve(alarm: AlarmView): void;
  },
): readonly Command[] {
  const { t } = useAlarmWords();
  const { t: tDesk } = useDeskWords();
  const route = useRoute();
  const router = useRouter();
  const at = computed(
    () => shown.value.find(({ id }) => id === cursor.value) ?? null,
  );
  // Where the alarm at the cursor left, the next one of its place has it: a key does not fall into nothing.
  watch(shown, (rows, before) => {
    if (cursor.value === null || at.value) return;
    const place = before.findIndex(({ id }) => id === cursor.value);
    cursor.value =
      rows[Math.min(Math.max(place, 0), rows.length - 1)]?.id ?? null;
  });

  function move(by: 1 | -1): void {
    const rows = shown.value;
    if (rows.length === 0) return;
    const from = rows.findIndex(({ id }) => id === cursor.value);
    const to = Math.min(Math.max(from + by, 0), rows.length - 1);
    cursor.value = rows[to]!.id;
    document
      .getElementById(`alarm-${to}`)
      ?.scrollIntoView({ block: "nearest" });
  }
  const go = (path: string) => void router.push({ path, query: route.query });
  const free = () => null;
  const chosen = () => (at.value ? null : t("none"));
  const actable = () => (may("triage") ? chosen() : t("mayNot"));
  const command = (
    id: keyof typeof KEYS,
    obstacle: Command["obstacle"],
    run: () => void,
  ): Command => ({
    ...{ id, key: KEYS[id], name: () => t(`key.${id}`), obstacle, run },
  });
  const own = [
    command("down", free, () => move(1)),
    command("up", free, () => move(-1)),
    command(
      "acknowledge",
      () => actable() ?? (at.value!.acknowledged ? t("isAcknowledged") : null),
      () => acts.ask("acknowledge", at.value!),
    ),
    command("shelve", actable, () => acts.ask("shelve", at.value!)),
    command(
      "unshelve",
      () =>
        actable() ?? (at.value!.shelvedUntil === null ? t("notShelved") : null),
      () => acts.unshelve(at.value!),
    ),
    command(
      "open",
      () => chosen() ?? (at.value!.incident === null ? t("noIncident") : null),
      () => go(`/desk/incidents/${encodeURIComponent(at.value!.incident!)}`),
    ),
    command("back", free, () => (cursor.value = null)),
  ];
  const commands = createCommands();
  useCommandKeys(commands);
  commands.offer([
    ...own,
    ...useSurfaces().map(({ name, key, path }): Command => ({
      ...{ id: name, key, name: () => tDesk(`key.${name}`) },
      ...{ obstacle: free, run: () => go(path) },
    })),
  ]);
  return own;
}
