import type { Feed, IngestReply } from "../../contract/feed.ts";
import { InvalidFeed, problemsOf } from "./check.ts";
import { asItems, Unparseable, type Format } from "./format.ts";
import { isRowWise } from "./mapping-check.ts";
import type { Mapper } from "./mapping.ts";
import { prepare } from "./prepare.ts";

/** What a feed would make of a sample (F5). */
export interface Trial {
  items: unknown[];
  rejections: IngestReply["rejections"];
}

/** Reads, maps and judges a pasted sample; stores nothing. @throws InvalidFeed */
export async function trySample(
  feed: Feed,
  sample: string,
  formats: ReadonlyMap<string, Format>,
  mapper: Mapper,
): Promise<Trial> {
  const problems = problemsOf(feed, formats);
  if (problems.length > 0) throw new InvalidFeed(feed, problems);
  const format = formats.get(feed.format)!;
  const judge = formats.get(feed.yields ?? feed.format)!;
  const mapping = feed.mapping
    ? { text: feed.mapping, rowWise: isRowWise(feed.mapping) }
    : null;
  try {
    const payload = await prepare(
      { feed, format, judge, mapping },
      Buffer.from(sample),
      format.mediaTypes[0]!,
      mapper,
    );
    const { rejections } = judge.judge(payload.parsed, feed);
    return {
      items: [...asItems(payload.parsed)],
      rejections: [...payload.rejections, ...rejections].map(
        ({ index, path, message }) => ({ index, path, message }),
      ),
    };
  } catch (error) {
    if (!(error instanceof Unparseable)) throw error;
    const { path, message } = error;
    return { items: [], rejections: [{ index: 0, path, message }] };
  }
}
