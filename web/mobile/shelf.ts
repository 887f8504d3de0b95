/** What a phone keeps by itself (IndexedDB): over reloads, without network, until it is taken away. */
import type { Item } from "./item.ts";

export interface Shelf {
  items(): Promise<Item[]>;
  put(item: Item): Promise<void>;
  remove(id: string): Promise<void>;
  /** What was last heard of the hub, by name; null where nothing was. */
  recall<T>(name: string): Promise<T | null>;
  keep(name: string, value: unknown): Promise<void>;
}

const ITEMS = "items";
const HEARD = "heard";

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });

/** @throws DOMException where the browser keeps nothing, as in a private window of some */
export async function openShelf(): Promise<Shelf> {
  const opening = indexedDB.open("chengshu-phone", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(ITEMS, { keyPath: "id" });
    opening.result.createObjectStore(HEARD);
  };
  const db = await done(opening);
  const store = (name: string, mode: IDBTransactionMode) =>
    db.transaction(name, mode).objectStore(name);

  return {
    async items() {
      const items = await done(
        store(ITEMS, "readonly").getAll() as IDBRequest<Item[]>,
      );
      return items.sort((a, b) => a.at - b.at);
    },
    async put(item) {
      await done(store(ITEMS, "readwrite").put(item));
    },
    async remove(id) {
      await done(store(ITEMS, "readwrite").delete(id));
    },
    async recall<T>(name: string) {
      const found = await done<T | undefined>(
        store(HEARD, "readonly").get(name) as IDBRequest<T | undefined>,
      );
      return found ?? null;
    },
    async keep(name, value) {
      await done(store(HEARD, "readwrite").put(value, name));
    },
  };
}
