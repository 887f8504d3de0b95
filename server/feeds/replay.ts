/**
 * Quarantined messages through the feed's present mapping again (F6). An entry
 * is marked only when what it gave is durable; identities keep what was
 * already taken from counting twice.
 */
import type { IngestReply, Quarantined } from "../../contract/feed.ts";
import type { FeedStore } from "./feed-store.ts";
import { Unparseable } from "./format.ts";
import type { Health } from "./health.ts";
import type { Mapper } from "./mapping.ts";
import { isCut, type Quarantine } from "./quarantine.ts";
import { bytesOf } from "./raw.ts";
import { ReplayConflict } from "./replaying.ts";
import { replyOf } from "./reply.ts";
import { prepare, type Payload, type Recipe } from "./prepare.ts";
import { nothing, settle, type Settled } from "./settle.ts";
import type { Sink } from "./sink.ts";

export interface ReplayParts {
  store: FeedStore["quarantine"];
  quarantine: Quarantine;
  sink: Sink;
  mapper: Mapper;
  /** Of the feed: told what is durable, page by page. */
  health: Pick<Health, "replayed">;
}

/** Entries replayed at once. */
const PAGE = 200;

/** An entry, prepared; its number in the whole replay is the reply's index. */
interface Prepared {
  entry: Quarantined;
  number: number;
  payload: Payload;
}

/**
 * @param ids the entries, or all that were not replayed
 * @throws ReplayConflict where none of the entries named waits any more
 */
export async function replayQuarantine(
  feed: Recipe,
  parts: ReplayParts,
  ids?: string[],
): Promise<IngestReply> {
  const total = nothing();
  let number = 0;
  for await (const page of pagesOf(feed.feed.id, parts.store, ids)) {
    const prepared: Prepared[] = [];
    for (const entry of page) {
      if (entry.replayed !== null) continue;
      const one = { entry, number: number++ };
      try {
        prepared.push({
          ...one,
          payload: await prepareRaw(feed, entry, parts),
        });
      } catch (error) {
        add(total, failure(error, one.number));
      }
    }
    add(total, await settlePage(feed, prepared, parts));
  }
  if (ids && ids.length > 0 && number === 0)
    throw new ReplayConflict(
      `none of these messages of ${feed.feed.id} waits to be replayed: they were replayed already, or are gone`,
    );
  return replyOf(total);
}

/** Entries a page at a time: all of them at once could fill the memory. */
async function* pagesOf(
  feedId: string,
  store: FeedStore["quarantine"],
  ids?: string[],
): AsyncGenerator<Quarantined[]> {
  if (ids) {
    for (let i = 0; i < ids.length; i += PAGE)
      yield await store.get(feedId, ids.slice(i, i + PAGE));
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await store.page(feedId, PAGE, cursor);
    yield page.items;
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
}

function prepareRaw(
  feed: Recipe,
  entry: Quarantined,
  { mapper }: ReplayParts,
): Payload | Promise<Payload> {
  if (isCut(entry))
    throw new Unparseable("", "only its beginning was kept: send it anew");
  const [mediaType = ""] = feed.format.mediaTypes;
  return prepare(feed, bytesOf(entry.raw), mediaType, mapper);
}

async function settlePage(
  feed: Recipe,
  page: readonly Prepared[],
  parts: ReplayParts,
): Promise<Settled> {
  let settled: Settled;
  try {
    const payloads = page.map(({ payload }) => payload);
    settled = await settle(feed, payloads, parts.sink);
  } catch (error) {
    const [only, ...others] = page;
    if (only && others.length === 0) return failure(error, only.number);
    if (!(error instanceof Unparseable)) throw error;
    // One of them is refused as a whole: find out which.
    const total = nothing();
    for (const one of page) add(total, await settlePage(feed, [one], parts));
    return total;
  }
  parts.health.replayed(settled);
  const refused = new Set(settled.rejections.map(({ payload }) => payload));
  const done = page.filter((_, i) => !refused.has(i));
  await parts.quarantine.release(
    feed.feed.id,
    done.map(({ entry }) => entry.id),
  );
  for (const rejection of settled.rejections)
    rejection.index = page[rejection.payload]!.number;
  return settled;
}

/** An entry that stays as it is, and why. @throws what is no refusal of the entry */
function failure(error: unknown, number: number): Settled {
  if (!(error instanceof Unparseable)) throw error;
  const { path, message } = error;
  const rejection = { payload: 0, index: number, path, message, raw: "" };
  return { ...nothing(), rejections: [rejection] };
}

function add(total: Settled, part: Settled): void {
  total.accepted += part.accepted;
  total.duplicates += part.duplicates;
  total.missing += part.missing;
  total.rejections.push(...part.rejections);
}
