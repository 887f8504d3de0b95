/**
 * Citizens' messages with the top category they were filed under, the
 * catalogue they were filed by, and messages that were sent again and again.
 * Place names are masked in the recording; there are no coordinates.
 */
import { join } from "node:path";
import { createZone } from "../../contract/zone.ts";
import type { Reported } from "../../server/hub/incidents/likeness/reported.ts";
import type { Entry } from "../../server/hub/incidents/likeness/suggestions.ts";
import { readRows } from "./rows.ts";

export const MESSAGES_ZONE = createZone("Asia/Shanghai");
const FOLDER = "citizen-messages-zh";

export type Message = Reported & { category: string };

const message = (id: string, title: string, at: number): Reported => ({
  ...{ id, title, description: "", address: "", source: "message" },
  ...{ category: null, department: null, lng: null, lat: null, reportedAt: at },
  ...{ departments: [], district: null },
});

/** In the order in which they were written. */
export function readMessages(folder: string): Message[] {
  const file = join(folder, FOLDER, "messages.csv.gz");
  return readRows(file)
    .map((row, i) => ({
      ...message(
        `${row["留言编号"]}/${i}`,
        row["留言主题"]!,
        instantOf(row["留言时间"]!),
      ),
      category: row["一级分类"]!,
    }))
    .sort((a, b) => a.reportedAt - b.reportedAt);
}

/** Names of the catalogue's second and third level. */
export function readCatalogue(folder: string): Entry[] {
  const file = join(folder, FOLDER, "taxonomy.csv");
  return readRows(file).map((row) => ({
    text: `${row["二级分类"]} ${row["三级分类"]}`,
    category: row["一级分类"]!,
    department: null,
  }));
}

/**
 * Messages that people found worth a vote; two matters among them came again
 * and again in other words. Which those are was read by hand: the source gives
 * them running numbers.
 */
const REPEATED = [
  { from: 360100, to: 360109 },
  { from: 360110, to: 360114 },
];

export function readRepeated(
  folder: string,
): { message: Reported; matter: number | null }[] {
  return readRows(join(folder, FOLDER, "hot-topics.csv")).map((row) => {
    const number = Number(row["留言编号"]);
    const matter = REPEATED.findIndex(
      ({ from, to }) => number >= from && number <= to,
    );
    return {
      message: message(row["留言编号"]!, row["留言主题"]!, 0),
      matter: matter < 0 ? null : matter,
    };
  });
}

/** Epoch ms of `YYYY/M/D H:MM:SS`, UTC+8. */
function instantOf(text: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+):(\d+)$/.exec(text) ?? [];
  const at = Date.UTC(
    ...([Number(year), Number(month) - 1, Number(day)] as const),
    ...([Number(hour) - 8, Number(minute), Number(second)] as const),
  );
  if (Number.isNaN(at))
    throw new Error(`"${text}" is no time of the form YYYY/M/D H:MM:SS`);
  return at;
}
