/** A table as a file that spreadsheets read. */
import writeWorkbook from "write-excel-file/node";
import type { Zone } from "../../contract/zone.ts";
import { csvRow, MARK, unrun } from "./csv.ts";
import { RawReply } from "./mount.ts";

export type Cell = string | number | null;
export interface Sheet {
  name: string;
  rows: Cell[][];
}
export interface Table {
  /** Of every sheet. */
  head: string[];
  sheets: Sheet[];
}
export type Format = "csv" | "xlsx";

/** By the city's clocks: `2026-11-20 08:42`. */
export const instantOf = (at: number, zone: Zone) =>
  new Date(zone.localAt(at)).toISOString().slice(0, 16).replace("T", " ");
export const dateOf = (at: number, zone: Zone) =>
  instantOf(at, zone).slice(0, 10);

/** @param name of the file, without its ending; an instant in it is written as every file system takes it: `2026-11-20-0842` */
export async function tableFile(
  table: Table,
  { format, name }: { format: Format; name: string },
): Promise<RawReply> {
  const { type, bytes } = await FILE[format](table);
  const filename = `${name.replaceAll(" ", "-").replaceAll(":", "")}.${format}`;
  return new RawReply((response) => {
    response
      .set({
        "content-type": type,
        "content-disposition": `attachment; filename="${filename}"`,
        "cache-control": "no-store",
      })
      .send(bytes);
  });
}

const textOf = (cell: Cell): string => (cell === null ? "" : String(cell));

const FILE: Record<
  Format,
  (table: Table) => Promise<{ type: string; bytes: Buffer }>
> = {
  csv({ head, sheets }) {
    const rows = [head, ...sheets.flatMap(({ rows }) => rows)];
    const text = rows.map((row) => csvRow(row.map(textOf))).join("");
    return Promise.resolve({
      type: "text/csv; charset=utf-8",
      bytes: Buffer.from(MARK + text),
    });
  },

  async xlsx({ head, sheets }) {
    const written = writeWorkbook(
      sheets.map(({ name, rows }) => ({
        sheet: name,
        stickyRowsCount: 1,
        stickyColumnsCount: 3,
        columns: head.map((_, i) => ({ width: i === 2 ? 26 : 14 })),
        data: [
          head.map((value) => ({ value, fontWeight: "bold" as const })),
          // A typed text is no formula; the apostrophe is for what it is saved as next.
          ...rows.map((row) =>
            row.map((cell) =>
              typeof cell === "string" ? { value: unrun(cell) } : cell,
            ),
          ),
        ],
      })),
    );
    return {
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      bytes: await written.toBuffer(),
    };
  },
};
