import type { IngestReply } from "../../contract/feed.ts";
import type { Settled } from "./settle.ts";

/** Longest path and reason in a reply: a sender may choose its keys. */
const PATH_LIMIT = 300;
const MESSAGE_LIMIT = 500;

/** What a sender is told. */
export function replyOf(settled: Settled): IngestReply {
  const { accepted, duplicates, missing, rejections } = settled;
  return {
    accepted,
    duplicates,
    missing,
    rejected: rejections.length,
    rejections: rejections.map(({ index, path, message }) => ({
      index,
      path: path.slice(0, PATH_LIMIT),
      message: message.slice(0, MESSAGE_LIMIT),
    })),
  };
}
