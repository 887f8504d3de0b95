/** Sends what was done on the phone, in order, once, whenever there is a network and its own person is signed in. */
import { shallowRef, type ShallowRef } from "vue";
import { DAY } from "../../contract/time.ts";
import { attach } from "../live/attach.ts";
import { CallError, type Call } from "../live/call.ts";
import type { Errand, Item } from "./item.ts";
import type { Shelf } from "./shelf.ts";

/** How long what was sent is still shown. */
const SHOWN = 30 * DAY;

export interface Outbox {
  /** Everybody's, the oldest first. */
  items: Readonly<ShallowRef<readonly Item[]>>;
  /** Id of the one that is being sent. */
  sending: Readonly<ShallowRef<string | null>>;
  load(): Promise<void>;
  add(errand: Errand, photos: readonly Blob[]): Promise<void>;
  /** Sends one that was refused again, changed or as it was. */
  again(
    id: string,
    changed?: { errand: Errand; photos: readonly Blob[] },
  ): Promise<void>;
  drop(id: string): Promise<void>;
  /** Sends what waits; called whenever that may have become possible. */
  flush(): Promise<void>;
}

export function createOutbox(ask: {
  shelf: Pick<Shelf, "items" | "put" | "remove">;
  call: Call;
  now: () => number;
  /** Login of who holds the phone, by what it last heard; null = never heard. */
  owner: () => string | null;
  /**
   * Asks the hub whose session this browser has now: somebody else may have
   * signed in beside this page. Null: nobody's, or there is no network.
   */
  who: () => Promise<string | null>;
  newId: () => string;
  /** Runs it where no other tab of this browser does. */
  alone: (work: () => Promise<void>) => Promise<void>;
}): Outbox {
  const { shelf, call, now, who } = ask;
  const items = shallowRef<readonly Item[]>([]);
  const sending = shallowRef<string | null>(null);
  let isBusy = false;

  async function load(): Promise<void> {
    const found = await shelf.items();
    const isOver = ({ state, at }: Item) =>
      state === "sent" && at < now() - SHOWN;
    for (const { id } of found.filter(isOver)) await shelf.remove(id);
    items.value = found.filter((each) => !isOver(each));
  }

  async function save(item: Item): Promise<void> {
    await shelf.put(item);
    const others = items.value.filter(({ id }) => id !== item.id);
    items.value = [...others, item].sort((a, b) => a.at - b.at);
  }

  /** @returns false where it waits on, and all behind it with it */
  async function send(item: Item): Promise<boolean> {
    let isSecondTry = false;
    for (;;) {
      try {
        for (const [i, photo] of item.photos.entries()) {
          if (photo.attachment !== null) continue;
          const attachment = await attach(call, photo.blob);
          const photos = item.photos.with(i, { ...photo, attachment });
          await save((item = { ...item, photos }));
        }
        const incident = await handOver(item);
        // The pictures are the hub's now.
        await save({ ...item, ...{ state: "sent", incident, photos: [] } });
        return true;
      } catch (cause) {
        if (!(cause instanceof CallError)) throw cause;
        const { status, problem, message } = cause;
        if (status === 0 || status === 401 || status === 429 || status >= 500)
          return false;
        // They waited too long for what names them: once more from the phone.
        const areLost = problem?.errors?.some(
          ({ code }) => code === "attachmentMissing",
        );
        const photos = item.photos.map(({ blob }) => ({
          ...{ blob, attachment: null },
        }));
        item = { ...item, ...(areLost && { photos }) };
        if (areLost && !isSecondTry) {
          isSecondTry = true;
          continue;
        }
        await save({
          ...item,
          state: "refused",
          problem: { message, problem },
        });
        return true;
      }
    }
  }

  async function handOver({ id, at, errand, photos: held, login }: Item) {
    const photos = held.map(({ attachment }) => attachment!);
    if (errand.kind === "report") {
      const { report } = errand;
      // A phone's clock may be ahead of the hub's.
      const reportedAt = Math.min(at, now());
      const body = { ...report, ...{ reportedAt, photos, key: id } };
      const made = await call("reportIncident", {
        body: { ...body, source: "gridWorker" },
      });
      return { id: made.id, number: made.number };
    }
    const { incident, rev } = errand;
    const { step, body } = errand.asked;
    const path = { id: incident.id };
    const asked = { step, body: { ...body, photos } };
    try {
      await call("takeStep", { path, body: { rev, asked } });
    } catch (cause) {
      // Taken before, and the answer was lost on its way: it was we who were first.
      const isLost =
        cause instanceof CallError &&
        cause.status === 409 &&
        (await call("getIncident", { path })).history.some(
          (line) =>
            line.rev > rev &&
            line.who === login &&
            line.what === step &&
            line.facts["result"] === body.result,
        );
      if (!isLost) throw cause;
    }
    return { id: incident.id, number: incident.number };
  }

  async function flush(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      await ask.alone(async () => {
        // Another tab may have sent some of them.
        await load();
        for (const item of items.value) {
          if (item.state !== "waiting") continue;
          const login = await who();
          if (login === null) return;
          if (item.login !== login) continue;
          sending.value = item.id;
          if (!(await send(item))) return;
        }
      });
    } finally {
      sending.value = null;
      isBusy = false;
    }
  }

  const fresh = (blobs: readonly Blob[]) =>
    blobs.map((blob) => ({ blob, attachment: null }));

  return {
    items,
    sending,
    load,
    flush,
    async add(errand, photos) {
      const login = ask.owner();
      if (login === null) throw new Error("nobody is known to have done it");
      await save({
        ...{ id: ask.newId(), login, at: now(), errand },
        ...{ photos: fresh(photos), state: "waiting" },
        ...{ problem: null, incident: null },
      });
    },
    async again(id, changed) {
      const item = items.value.find((each) => each.id === id);
      if (item?.state !== "refused") return;
      await save({
        ...item,
        ...(changed && {
          errand: changed.errand,
          photos: fresh(changed.photos),
        }),
        ...{ state: "waiting", problem: null },
      });
    },
    async drop(id) {
      await shelf.remove(id);
      items.value = items.value.filter((each) => each.id !== id);
    },
  };
}
