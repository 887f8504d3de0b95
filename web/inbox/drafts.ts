/**
 * What was written for an order and not sent: kept while another is open, and
 * over a reload of this tab. Pictures are kept as long as the page is open.
 */
import { shallowReactive } from "vue";

/** Which form of which incident. */
export interface DraftKey {
  incident: string;
  step: string;
  order: number | null;
}
export interface Draft {
  texts: Record<string, string>;
  photos: readonly Blob[];
}

export interface Drafts {
  find(of: DraftKey): Draft | null;
  /** An empty one is none. */
  keep(of: DraftKey, draft: Draft): void;
  drop(of: DraftKey): void;
  /** Has any form of an incident one? */
  has(incident: string): boolean;
  /** Throws away those of incidents that are over. */
  dropUnless(isOpen: (incident: string) => boolean): void;
}

type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const nameOf = ({ incident, step, order }: DraftKey) =>
  `${incident} ${step} ${order ?? ""}`;
const incidentOf = (name: string) => name.slice(0, name.indexOf(" "));
const isEmpty = ({ texts, photos }: Draft) =>
  photos.length === 0 &&
  Object.values(texts).every((text) => text.trim() === "");

/**
 * @param owner login: nobody reads what another wrote in this tab
 * @param shelf null where the browser keeps nothing: then memory alone does
 */
export function createDrafts(owner: string, shelf: Shelf | null): Drafts {
  const place = `chengshu inbox drafts of ${owner}`;
  const held = shallowReactive(new Map<string, Draft>());
  for (const [name, texts] of Object.entries(read()))
    held.set(name, { texts, photos: [] });

  function read(): Record<string, Draft["texts"]> {
    try {
      const kept = shelf?.getItem(place) ?? "{}";
      return JSON.parse(kept) as Record<string, Draft["texts"]>;
    } catch {
      // Another program's, or half of it: nothing of ours.
      return {};
    }
  }
  function write(): void {
    try {
      if (held.size === 0) shelf?.removeItem(place);
      else
        shelf?.setItem(
          place,
          JSON.stringify(
            Object.fromEntries(
              [...held].map(([name, { texts }]) => [name, texts]),
            ),
          ),
        );
    } catch {
      // It is full: memory has them as long as the page is open.
    }
  }

  const drop = (name: string) => void (held.delete(name) && write());
  return {
    find: (of) => held.get(nameOf(of)) ?? null,
    keep(of, draft) {
      if (isEmpty(draft)) return drop(nameOf(of));
      held.set(nameOf(of), draft);
      write();
    },
    drop: (of) => drop(nameOf(of)),
    has: (incident) =>
      [...held.keys()].some((name) => incidentOf(name) === incident),
    dropUnless(isOpen) {
      for (const name of [...held.keys()])
        if (!isOpen(incidentOf(name))) drop(name);
    },
  };
}

const byOwner = new Map<string, Drafts>();

/** Of one person in this tab, the same as long as the page is open. */
export function draftsOf(owner: string): Drafts {
  let drafts = byOwner.get(owner);
  if (!drafts) byOwner.set(owner, (drafts = createDrafts(owner, ownShelf())));
  return drafts;
}

function ownShelf(): Shelf | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
