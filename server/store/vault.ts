/** Columns that nobody reads who has the disk alone (domain.md §12): sealed where the hub gives a vault. */

/** Seals a text and opens it again; the hub's key is no business of the store. */
export interface Vault {
  seal(text: string): string;
  /** @throws Error where it was sealed with another key */
  unseal(sealed: string): string;
}

/** Tells what is sealed from what was stored before. */
const MARK = "sealed:";

export interface Sealed {
  close(text: string | null): string | null;
  open(stored: string | null): string | null;
}

export function createSealed(vault: Vault | undefined): Sealed {
  if (!vault) {
    const refuse = (stored: string | null) => {
      if (stored?.startsWith(MARK))
        throw new Error("this store has sealed columns, and no key was given");
      return stored;
    };
    return { close: (text) => text, open: refuse };
  }
  return {
    close: (text) => (text === null ? null : MARK + vault.seal(text)),
    open: (stored) =>
      stored?.startsWith(MARK)
        ? vault.unseal(stored.slice(MARK.length))
        : stored,
  };
}
