import type { Incident } from "../../../../contract/incident.ts";

/**
 * What of an incident its likeness is judged by. Texts are as the caller
 * passes them in: who must not show a name passes masked texts, because the
 * words given as reasons are cut out of them. Departments and district say who
 * may be told of it, and speak for nothing else.
 */
export type Reported = Pick<
  Incident,
  | "id"
  | "title"
  | "description"
  | "address"
  | "category"
  | "source"
  | "lng"
  | "lat"
  | "reportedAt"
  | "departments"
  | "district"
> & {
  /** Null where none is known yet. */
  department: string | null;
};

/** Title and description, the longest a report may be said in. */
export const sayingOf = ({ title, description }: Reported): string =>
  `${title}\n${description}`;
