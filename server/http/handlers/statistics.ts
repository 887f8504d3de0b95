import writeWorkbook from "write-excel-file/node";
import type { CityPack } from "../../city/pack.ts";
import { maskText } from "../../auth/mask.ts";
import type { Statistics } from "../../../contract/statistics.ts";
import type { StatisticsFlow } from "../../flow/statistics.ts";
import { csvRow, MARK, unrun } from "../csv.ts";
import { RawReply, type Handlers } from "../mount.ts";
import { sheetsOf, type Cell, type Sheet } from "../statistics-table.ts";

interface File {
  type: string;
  bytes: Buffer;
}
interface Table {
  head: string[];
  sheets: Sheet[];
}

export function statisticsHandlers(
  flow: StatisticsFlow,
  pack: Pick<CityPack, "city" | "departments" | "districts">,
): Pick<Handlers, "getStatistics" | "exportStatistics"> {
  return {
    getStatistics: async ({ query, who }) =>
      masked(await flow.of(query, who.view)),

    async exportStatistics({ query, who, witness }) {
      const { format, language, ...period } = query;
      const statistics = masked(await flow.of(period, who.view));
      const file = await FILE[format](sheetsOf(statistics, pack, language));
      await witness({ object: "statistics", detail: JSON.stringify(query) });
      return new RawReply((response) => {
        response
          .set({
            "content-type": file.type,
            "content-disposition": `attachment; filename="statistics.${format}"`,
            "cache-control": "no-store",
          })
          .send(file.bytes);
      });
    },
  };
}

/** Some hotlines call a source by who called, as incidents show it masked too. */
const masked = (statistics: Statistics): Statistics => ({
  ...statistics,
  sources: statistics.sources.map((part) => ({
    ...part,
    key: maskText(part.key),
  })),
});

const textOf = (cell: Cell): string => (cell === null ? "" : String(cell));

const FILE: Record<"csv" | "xlsx", (table: Table) => Promise<File>> = {
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
