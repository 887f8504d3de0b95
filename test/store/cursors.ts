/** What the store's lists say to a cursor that none of them gave, over one engine. */
import { describe, expect, it } from "vitest";
import type { Store } from "../../server/store/store.ts";

type Lists = Record<
  string,
  { key: string; page: (store: Store, cursor: string) => Promise<unknown> }
>;

/** By what each is ordered: `t` for text, `n` for a whole number. */
const LISTS: Lists = {
  accounts: {
    key: "t",
    page: ({ accounts }, cursor) => accounts.page({ limit: 1, cursor }),
  },
  audit: {
    key: "n",
    page: ({ audit }, cursor) => audit.page({ limit: 1, cursor }),
  },
  incidents: {
    key: "nt",
    page: ({ incidents }, cursor) => incidents.page({ limit: 1, cursor }),
  },
  quarantine: {
    key: "nt",
    page: ({ quarantine }, cursor) => quarantine.page("water", 1, cursor),
  },
  "changes of rights": {
    key: "nt",
    page: ({ rights }, cursor) => rights.page({ limit: 1, cursor }),
  },
  sensors: {
    key: "tt",
    page: ({ sensors }, cursor) => sensors.page({ limit: 1, cursor }),
  },
};

/** JSON, so that what JSON cannot say by a value can be said too. */
const WRONG = {
  t: ["1", "null", "true", '["a"]', '{"a":1}', '"a\\u0000b"'],
  n: ['"1"', "null", "1.5", "1e400", "9007199254740993", "[1]", "false"],
};
const RIGHT = { t: '"a"', n: "1" };

const encoded = (json: string) => Buffer.from(json).toString("base64url");

/** Each part of the key wrong in turn, one part too many, one too few, and no key at all. */
function strangeCursors(key: string): string[] {
  const kinds = [...key] as ("t" | "n")[];
  const right = kinds.map((kind) => RIGHT[kind]);
  const wrong = kinds.flatMap((kind, i) =>
    WRONG[kind].map((part) => right.with(i, part)),
  );
  const keys = [...wrong, [...right, '"more"'], right.slice(1)];
  const texts = [...keys.map((parts) => `[${parts.join()}]`), "{}", "null"];
  return [...texts.map(encoded), "no cursor", "%", ""];
}

export function cursorsOf(store: () => Store): void {
  describe("a cursor that no list gave", () => {
    it.each(Object.entries(LISTS))(
      "is the caller's mistake, said with its path: %s",
      async (_name, { key, page }) => {
        for (const cursor of strangeCursors(key))
          await expect(page(store(), cursor), cursor).rejects.toMatchObject({
            ...{ status: 400, message: "cursor: not one that this list gave" },
            errors: [{ path: "/query/cursor" }],
          });
        const right = [...key].map((kind) => RIGHT[kind as "t" | "n"]);
        await page(store(), encoded(`[${right.join()}]`));
      },
    );
  });
}
