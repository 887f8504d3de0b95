import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AuditLine, Named } from "../../../contract/audit.ts";
import type { AuditChain } from "../../auth/audit-chain.ts";
import type { Log } from "../../lib/log.ts";
import type { AuditFilter, Store } from "../../store/store.ts";
import { csvRow, MARK } from "../csv.ts";
import type { NameOf } from "../named.ts";
import { RawReply, type Handlers } from "../mount.ts";

const COLUMNS = [
  ...(["seq", "at", "who", "roles", "address", "act", "object"] as const),
  ...(["result", "detail", "before", "after", "previous", "hash"] as const),
];

export function auditHandlers(
  { audit: lines }: Store,
  audit: AuditChain,
  log: Log,
  nameOf: NameOf,
): Pick<Handlers, "listAudit" | "exportAudit" | "verifyAudit"> {
  return {
    async listAudit({ query }) {
      const [page, acts] = await Promise.all([lines.page(query), lines.acts()]);
      return { ...page, names: await namesIn(page.items, nameOf), acts };
    },

    async exportAudit({ query, witness }) {
      await witness({ object: "audit", detail: JSON.stringify(query) });
      // Ends with the line that tells of it, however many come meanwhile.
      const { highest } = await lines.ends();
      const text = csvOf(lines, { ...query, last: highest ?? 0 });
      // What cannot be read at all is a problem, and not half a file.
      const head = await text.next();
      return new RawReply((response) => {
        response.set({
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": 'attachment; filename="audit.csv"',
          "cache-control": "no-store",
        });
        if (!head.done) response.write(head.value);
        // A reply that breaks off is destroyed: nobody takes it for the whole.
        pipeline(Readable.from(text), response).catch((error: unknown) =>
          log.warn({ err: error }, "an export of the audit broke off"),
        );
      });
    },

    async verifyAudit({ witness }) {
      await witness({ object: "audit" });
      return audit.verify();
    },
  };
}

async function namesIn(items: readonly AuditLine[], nameOf: NameOf) {
  const objects = items.flatMap(({ who, object }) => [
    object,
    // A wall's login is its object already.
    who.includes("/") ? who : `account/${who}`,
  ]);
  const found = await Promise.all(
    [...new Set(objects)].map(
      async (object) => [object, await nameOf(object)] as const,
    ),
  );
  const names = found.filter(
    (entry): entry is [string, Named] => entry[1] !== null,
  );
  return Object.fromEntries(names);
}

/** RFC 4180, in pieces. */
async function* csvOf(
  lines: Store["audit"],
  filter: AuditFilter & { last: number },
): AsyncGenerator<string> {
  let head = `${MARK}${COLUMNS.join(",")}\r\n`;
  for await (const batch of lines.each(filter)) {
    yield head + batch.map(rowOf).join("");
    head = "";
  }
  if (head !== "") yield head;
}

function rowOf(line: AuditLine): string {
  const told = { ...line, at: new Date(line.at).toISOString() };
  // A hash is over the text without the apostrophe that a cell may begin with.
  return csvRow(COLUMNS.map((column) => String(told[column])));
}
