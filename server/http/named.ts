/** Present names of what the audit's lines speak of by login or id. */
import type { Named } from "../../contract/audit.ts";
import type { Screen } from "../../contract/screen.ts";
import type { Auth } from "../auth/open.ts";
import type { OpenCity } from "../flow/open.ts";
import type { Store } from "../store/store.ts";

/** Of an object such as `account/liwei`; null where it has no name, or is none any more. */
export type NameOf = (object: string) => Promise<Named | null>;

/** @param ask.auth, ask.city, ask.screens what is there now */
export function createNaming(ask: {
  store: { accounts: Pick<Store["accounts"], "byLogin"> };
  auth: { devices: Pick<Auth["devices"], "list"> };
  city: {
    cameras: Pick<OpenCity["cameras"], "get">;
    feeds: Pick<OpenCity["feeds"], "all">;
  };
  screens: ReadonlyMap<string, Pick<Screen, "title">>;
}): NameOf {
  const { store, auth, city, screens } = ask;
  const person = async (login: string) =>
    alike((await store.accounts.byLogin(login))?.name);
  const kinds: Record<
    string,
    (id: string) => Promise<Named | null> | Named | null
  > = {
    account: person,
    // A change of somebody's rights is kept under the login.
    rights: person,
    device: (id) =>
      alike(auth.devices.list().find((one) => one.id === id)?.name),
    camera: (id) => alike(city.cameras.get(id)?.name),
    feed: (id) => {
      const found = city.feeds.all().find((one) => one.id === id);
      return found ? { nameZh: found.nameZh, nameEn: found.nameEn } : null;
    },
    screen: (id) => {
      const title = screens.get(id)?.title;
      return title ? { nameZh: title.zh, nameEn: title.en } : null;
    },
  };
  return async (object) => {
    const [, kind = "", id = ""] = /^(\w+)\/(.+)$/s.exec(object) ?? [];
    return Object.hasOwn(kinds, kind) ? kinds[kind]!(id) : null;
  };
}

/** One name for every language. */
const alike = (name: string | undefined): Named | null =>
  name === undefined ? null : { nameZh: name, nameEn: "" };
