/**
 * Near duplicates: what a question costs among ten thousand open incidents,
 * spread over the city and heaped in one place; and how far recorded duplicates
 * are found. `npm run bench -- duplicates [--small]`.
 */
import { WHOLE_CITY } from "../contract/data-scope.ts";
import { HOUR } from "../contract/time.ts";
import {
  createDuplicates,
  DUPLICATE_RULES,
} from "../server/hub/incidents/likeness/duplicates.ts";
import type { Reported } from "../server/hub/incidents/likeness/reported.ts";
import { createChance } from "../test/kit/chance.ts";
import { recordedData } from "../test/kit/data.ts";
import { createReports } from "./load/reports.ts";
import { cpuSince, report, small } from "./measure.ts";
import { readBoston } from "./recorded/boston.ts";
import { readRepeated } from "./recorded/messages.ts";

const OPEN = small ? 2_000 : 10_000;
const ASKED = small ? 500 : 5_000;

const make = createReports(createChance(1));
const spread = Array.from({ length: OPEN }, (_, n) => make(n));
const start = spread[0]!.reportedAt;
/** All within the hour in which reports may be one matter. */
const soon = spread.map((one, n) => ({
  ...one,
  reportedAt: start + (n * HOUR) / OPEN,
}));
cost("over the city, 6 s apart", spread);
cost("over the city, in one hour", soon);
cost(
  "without location, in one hour",
  soon.map((one) => ({ ...one, lng: null, lat: null })),
);
cost(
  "in one place, in one hour",
  soon.map((one) => ({ ...one, lng: 120, lat: 32 })),
);

function cost(where: string, open: readonly Reported[]): void {
  const duplicates = createDuplicates();
  const telling = cpuSince();
  for (const one of open) duplicates.tell(one);
  const told = telling() / open.length;
  const chance = createChance(2);
  const asking = cpuSince();
  for (let n = 0; n < ASKED; n++)
    duplicates.candidates(chance.one(open), WHOLE_CITY);
  const among = `among ${OPEN} ${where}`;
  report("duplicates", `CPU to tell one, ${among}`, told * 1000, "µs");
  report("duplicates", `CPU of a question, ${among}`, asking() / ASKED, "ms");
}

const data = recordedData();
if (data === null) console.error("no recorded data: its figures are left out");
else {
  boston(data);
  repeated(data);
}

/** Of requests closed as duplicates, how many have a candidate among those still open; and of the others. */
function boston(folder: string): void {
  const duplicates = createDuplicates({
    ...DUPLICATE_RULES,
    // Boston finds duplicates when work begins, days later.
    usual: { radius: 100, within: 7 * 24 * HOUR },
  });
  const found = { yes: 0, no: 0, of: 0, others: 0 };
  const open = new Map<string, number>();
  for (const { closedAt, duplicate, ...request } of readBoston(folder)) {
    for (const [id, until] of open)
      if (until <= request.reportedAt) {
        duplicates.drop(id);
        open.delete(id);
      }
    if (request.lng !== null) {
      const some = duplicates
        .candidates(request, WHOLE_CITY)
        .some(({ sameCategory }) => sameCategory);
      if (duplicate) found.of++;
      else found.others++;
      if (some) found[duplicate ? "yes" : "no"]++;
    }
    duplicates.tell(request);
    open.set(request.id, closedAt);
  }
  const { yes, no, of, others } = found;
  report("duplicates", `Boston: ${of} closed as duplicates`, of, "requests");
  report("duplicates", "Boston: … with a candidate", (100 * yes) / of, "%");
  report("duplicates", "Boston: others with one", (100 * no) / others, "%");
}

/** How often two messages of one matter are more alike than two of different ones. */
function repeated(folder: string): void {
  const messages = readRepeated(folder);
  const duplicates = createDuplicates({
    usual: { radius: 300, within: Infinity },
    ...{ categories: {}, least: 0, most: messages.length },
  });
  for (const { message } of messages) duplicates.tell(message);
  const matterOf = new Map(
    messages.map(({ message, matter }) => [message.id, matter]),
  );
  const same: number[] = [];
  const other: number[] = [];
  for (const { message, matter } of messages) {
    const scores = new Map(
      duplicates
        .candidates(message, WHOLE_CITY)
        .map(({ id, score }) => [id, score]),
    );
    for (const [id, theirs] of matterOf)
      if (id > message.id)
        (matter !== null && theirs === matter ? same : other).push(
          scores.get(id) ?? 0,
        );
  }
  let above = 0;
  for (const a of same)
    for (const b of other) above += a > b ? 1 : a === b ? 0.5 : 0;
  const share = (100 * above) / (same.length * other.length);
  report(
    "duplicates",
    `Chinese: ${same.length} pairs of one matter score above others`,
    share,
    "%",
  );
}
