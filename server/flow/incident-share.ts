/** What each feed may have of incidents (decisions B7): open ones and their text in memory, and in a day sources and categories. */
import type {
  IncidentRecord,
  IncidentReport,
} from "../../contract/incident.ts";
import { ENDED } from "../../contract/incident-status.ts";
import { createShare, WORDS_A_DAY, type Caps } from "./caps.ts";

type Refusal = { path: string; message: string };

export interface IncidentShare {
  /** How an incident is now: over, it is not held any more. */
  tell(incident: IncidentRecord): void;
  /** For one batch: why the feed may not have this one open too, or null. */
  crowd(feed: string): (item: IncidentReport) => Refusal | null;
  /** Why the feed may not bring these words today, or null. */
  strange(feed: string, item: IncidentReport): Refusal | null;
  /** They came. */
  heard(feed: string, item: IncidentReport): void;
  /** Sources and categories are counted anew. */
  beginDay(): void;
  /** Forgets the open ones. */
  clear(): void;
}

export function createIncidentShare(
  caps: Pick<Caps, "incidents" | "incidentText">,
): IncidentShare {
  const open = createShare(caps.incidents);
  /** Sources and categories of a day: each is a row of every wall's counts. */
  const words = createShare(WORDS_A_DAY);

  return {
    tell(incident) {
      const { feed, externalId, status } = incident;
      if (ENDED.has(status)) open.delete(feed, externalId);
      else open.add(feed, externalId, lengthOf(incident));
    },

    crowd(feed) {
      const room = open.room(feed);
      let text = open.textWithout(feed, []);
      return (item) => {
        const { externalId } = item;
        const before =
          open.textWithout(feed, []) - open.textWithout(feed, [externalId]);
        const grown = lengthOf(item) - before;
        if (grown > 0 && text + grown > caps.incidentText)
          return {
            path: "/description",
            message: `the feed ${feed} has open incidents of ${text} characters and may have ${caps.incidentText} (MAX_INCIDENT_TEXT)`,
          };
        if (!room.takes(externalId))
          return {
            path: "/externalId",
            message: `the feed ${feed} has more than ${caps.incidents} open incidents (MAX_INCIDENTS)`,
          };
        text += grown;
        return null;
      };
    },

    strange: (feed, item) =>
      wordsOf(item).every((word) => words.room(feed).takes(word))
        ? null
        : {
            path: "/category",
            message: `the feed ${feed} brought ${WORDS_A_DAY} different sources and categories today`,
          },

    heard(feed, item) {
      for (const word of wordsOf(item)) words.add(feed, word);
    },

    beginDay: words.clear,
    clear: open.clear,
  };
}

const wordsOf = ({ source, category }: IncidentReport): string[] => [
  `source ${source}`,
  `category ${category ?? ""}`,
];

/** Characters that stay in memory as long as it is open. */
const lengthOf = (
  of: Pick<IncidentReport, "title" | "description" | "address">,
) =>
  of.title.length + (of.description?.length ?? 0) + (of.address?.length ?? 0);
