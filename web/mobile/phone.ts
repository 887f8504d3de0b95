/** One phone: what it keeps, who holds it, and what it still has to send. */
import {
  computed,
  inject,
  onScopeDispose,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from "vue";
import type { Session } from "../../contract/session.ts";
import { SECOND } from "../../contract/time.ts";
import { known } from "../live/session.ts";
import { useLive } from "../live/source.ts";
import type { Item } from "./item.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { openShelf, type Shelf } from "./shelf.ts";

export type Person = Pick<Session, "login" | "name" | "permissions">;

/** ms between two tries where nothing says that the network came back. */
const AGAIN = 15 * SECOND;

export interface Phone {
  shelf: Shelf;
  outbox: Outbox;
  /** Who holds it, without network too; null where nobody ever signed in. */
  person: ComputedRef<Person | null>;
  /** Of that person alone, the newest first. */
  items: ComputedRef<Item[]>;
  /** How many of other people's wait on this phone. */
  foreign: ComputedRef<number>;
}

export const phoneKey: InjectionKey<Phone> = Symbol("phone");

export function usePhone(): Phone {
  const phone = inject(phoneKey);
  if (!phone) throw new Error("no phone is provided above this part");
  return phone;
}

/** Opened once a page; sends by itself as long as its component lives. */
export async function openPhone(
  live: ReturnType<typeof useLive>,
): Promise<Phone> {
  const shelf = await openShelf();
  const remembered = shallowRef(await shelf.recall<Person>("person"));
  const person = computed(() => {
    const now = known.value;
    return now && now.permissions.length > 0 ? personOf(now) : remembered.value;
  });
  const outbox = createOutbox({
    ...{ shelf, call: live.call, now: live.now },
    owner: () => person.value?.login ?? null,
    who: () =>
      live.call("whoAmI").then(
        ({ stage, login }) => (stage === "complete" ? login : null),
        () => null,
      ),
    newId: () => uniqueId(live.now()),
    alone,
  });
  await outbox.load();
  return {
    ...{ shelf, outbox, person },
    items: computed(() =>
      outbox.items.value
        .filter(({ login }) => login === person.value?.login)
        .toReversed(),
    ),
    foreign: computed(
      () =>
        outbox.items.value.filter(
          ({ login, state }) =>
            login !== person.value?.login && state !== "sent",
        ).length,
    ),
  };
}

/** Keeps who signed in, and sends whenever that may have become possible. */
export function useSending({ shelf, outbox, person }: Phone): void {
  const live = useLive();
  const flush = () => void outbox.flush().catch(() => {});
  watch(
    () => JSON.stringify(person.value),
    () => person.value && void shelf.keep("person", person.value),
    { immediate: true },
  );
  watch(
    [
      live.link,
      () => known.value?.stage,
      () => known.value?.login,
      () =>
        outbox.items.value.filter(({ state }) => state === "waiting").length,
    ],
    flush,
    { immediate: true },
  );
  addEventListener("online", flush);
  const timer = setInterval(flush, AGAIN);
  onScopeDispose(() => {
    removeEventListener("online", flush);
    clearInterval(timer);
  });
}

/** What the hub tells, kept for when it cannot; null until either told something. */
export function useKept<T>(
  shelf: Shelf,
  name: () => string,
  told: () => T | null,
): Readonly<Ref<T | null>> {
  const kept: ShallowRef<T | null> = shallowRef(null);
  watch(
    name,
    (now) =>
      void shelf.recall<T>(now).then((found) => {
        if (now === name()) kept.value = found;
      }),
    { immediate: true },
  );
  watch(
    told,
    (value) => {
      if (value === null) return;
      kept.value = value;
      // What is reactive cannot be kept.
      void shelf.keep(name(), JSON.parse(JSON.stringify(value)));
    },
    { immediate: true },
  );
  return computed(() => told() ?? kept.value);
}

const personOf = ({ login, name, permissions }: Session): Person => ({
  ...{ login, name, permissions },
});

/** `crypto.randomUUID` is for secure contexts alone. */
function uniqueId(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${now.toString(36)}-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

async function alone(work: () => Promise<void>): Promise<void> {
  // Of secure contexts alone; without it the hub itself takes everything once.
  if (!("locks" in navigator)) return work();
  await navigator.locks.request(
    "chengshu-outbox",
    { ifAvailable: true },
    async (lock) => {
      if (lock) await work();
    },
  );
}
