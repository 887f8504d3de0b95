import { Feed, OwnFormat } from "../../contract/feed.ts";
import { isNetwork } from "./allow.ts";
import { pointer, type Format } from "./format.ts";
import { checkMapping } from "./mapping-check.ts";

/** What a feed's row must not say, by path. */
export interface FeedProblem {
  path: string;
  message: string;
}

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
  const say = (path: string, message: string) =>
    problems.push({ path, message });
  if (!formats.has(feed.format)) {
    const known = [...formats.keys()].sort().join(", ");
    say("/format", `${feed.format} is not a known format: ${known}`);
  }
  if (!isTimeZone(feed.timeZone))
    say("/timeZone", `${feed.timeZone} is not a time zone of the IANA list`);
  feed.allow.forEach((network, i) => {
    if (!isNetwork(network))
      say(`/allow/${i}`, `${network} is neither an address nor a network`);
  });
  if (feed.signed && feed.transport !== "http")
    say("/signed", "only messages that come by HTTP carry a signature");
  const isOwn = OwnFormat.safeParse(feed.format).success;
  if (feed.mapping !== null) {
    const problem = checkMapping(feed.mapping);
    if (problem) say("/mapping", problem);
    if (feed.yields === null && !isOwn)
      say(
        "/yields",
        "name the own format that the mapping's items are judged by",
      );
  } else {
    if (feed.yields !== null && feed.yields !== feed.format)
      say("/mapping", `say how ${feed.format} becomes ${feed.yields}`);
    if (formats.get(feed.format)?.needsMapping)
      say("/mapping", `${feed.format} says nothing by itself: map its rows`);
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
