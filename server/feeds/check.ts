import { Feed, OwnFormat } from "../../contract/feed.ts";
import {
  say,
  type FieldSentence,
  type Sentence,
} from "../../contract/sentence.ts";
import { isNetwork } from "./allow.ts";
import { pointer, type Format } from "./format.ts";
import { checkMapping } from "./mapping-check.ts";

/** What a feed's row must not say, by path. */
export type FeedProblem = FieldSentence;

/** A feed row that cannot run: 422. */
export class InvalidFeed extends Error {
  readonly status = 422;
  readonly problems: FeedProblem[];
  constructor(feed: Feed, problems: FeedProblem[]) {
    const said = problems.map((p) => `${p.path}: ${p.message}`).join("; ");
    super(`the feed ${feed.id} cannot run: ${said}`);
    this.problems = problems;
  }
}

/** What its schema refuses, else what no schema can see: whether format, mapping and zone go together. */
export function problemsOf(
  feed: Feed,
  formats: ReadonlyMap<string, Format>,
): FeedProblem[] {
  const { error } = Feed.safeParse(feed);
  if (error)
    return error.issues.map(({ path, message }) => ({
      path: pointer(path),
      message,
    }));
  const problems: FeedProblem[] = [];
  const against = (path: string, sentence: string | Sentence) =>
    problems.push({
      path,
      ...(typeof sentence === "string" ? { message: sentence } : sentence),
    });
  if (!formats.has(feed.format)) {
    const known = [...formats.keys()].sort().join(", ");
    against("/format", `${feed.format} is not a known format: ${known}`);
  }
  if (!isTimeZone(feed.timeZone))
    against(
      "/timeZone",
      `${feed.timeZone} is not a time zone of the IANA list`,
    );
  feed.allow.forEach((network, i) => {
    if (!isNetwork(network))
      against(`/allow/${i}`, say("notNetwork", { network }));
  });
  if (feed.signed && feed.transport !== "http")
    against("/signed", say("signedByHttp"));
  const isOwn = OwnFormat.safeParse(feed.format).success;
  if (feed.mapping !== null) {
    const problem = checkMapping(feed.mapping);
    if (problem) against("/mapping", problem);
    if (feed.yields === null && !isOwn)
      against(
        "/yields",
        "name the own format that the mapping's items are judged by",
      );
  } else {
    if (feed.yields !== null && feed.yields !== feed.format)
      against("/mapping", `say how ${feed.format} becomes ${feed.yields}`);
    if (formats.get(feed.format)?.needsMapping)
      against(
        "/mapping",
        `${feed.format} says nothing by itself: map its rows`,
      );
  }
  return problems;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
