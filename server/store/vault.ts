/** Columns that nobody reads who has the disk alone (domain.md §12): sealed where the hub gives a vault. */

/** Seals a text and opens it again; the hub's key is no business of the store. */
export interface Vault {
  seal(text: string): string;
  /** @throws Error where it was sealed with another key */
  unseal(sealed: string): string;
  /** A keyed hash: the same text always gives the same, and nobody without the key can try texts. */
  mac(text: string): string;
}

/** Tells what is sealed from what was stored before. */
const MARK = "sealed:";

export interface Sealed {
  close(text: string | null): string | null;
  open(stored: string | null): string | null;
  /** What the same caller is known again by; null where no number was told, or there is no vault. */
  caller(phone: string | null): string | null;
}

export function createSealed(vault: Vault | undefined): Sealed {
  if (!vault) {
    const refuse = (stored: string | null) => {
      if (stored?.startsWith(MARK))
        throw new Error("this store has sealed columns, and no key was given");
      return stored;
    };
    return { close: (text) => text, open: refuse, caller: () => null };
  }
  return {
    close: (text) => (text === null ? null : MARK + vault.seal(text)),
    open: (stored) =>
      stored?.startsWith(MARK)
        ? vault.unseal(stored.slice(MARK.length))
        : stored,
    caller(phone) {
      const number = phone === null ? null : numberOf(phone);
      return number === null ? null : vault.mac(number);
    },
  };
}

/** Digits of the shortest number that is somebody's own: 110 and 12345 are not. */
const SHORTEST = 7;

/**
 * A phone's number however it was written: `+86 138-1234-5678` and
 * `１３８１２３４５６７８` are one. Null where digits are hidden or too few.
 */
export function numberOf(phone: string): string | null {
  const written = phone.normalize("NFKC");
  if (/[*xX#]/.test(written)) return null;
  const digits = written.replace(/\D/g, "");
  const number = digits.replace(/^(?:00)?86(?=\d{10,})/, "");
  return number.length < SHORTEST ? null : number;
}
