/**
 * What kind of refusal it is, read from the path that the hub keeps with it:
 * the whole message or one item, and which of its fields. Pure.
 */

/** Kinds by the field that was not accepted; what is not here is a field of its own name. */
const KINDS: Readonly<Record<string, string>> = {
  lng: "place",
  lat: "place",
  area: "place",
  polygon: "place",
  circle: "place",
  coordinates: "place",
  at: "time",
  from: "time",
  to: "time",
  sent: "time",
  onset: "time",
  expires: "time",
  effective: "time",
  reportedAt: "time",
  closedAt: "time",
  value: "value",
  sensor: "name",
  id: "name",
  indicator: "name",
  metric: "name",
  scope: "name",
  identifier: "name",
  externalId: "name",
};

export interface Refusal {
  /** A word of `refusal` in the page's dictionary. */
  kind: "whole" | "item" | "place" | "time" | "value" | "name" | "field";
  /** Number of the item in its message, from 1; null where the message has none. */
  n: number | null;
  /** The sender's own name of the field, empty where it is the item as a whole. */
  field: string;
}

export function refusalOf(path: string): Refusal {
  const parts = path.split("/").filter((part) => part !== "");
  const first = parts[0] ?? "";
  const n = /^\d+$/.test(first) ? Number(first) + 1 : null;
  // Places in lists say less than the name of the list.
  const field = parts.findLast((part) => !/^\d+$/.test(part)) ?? "";
  if (field === "") return { kind: n === null ? "whole" : "item", n, field };
  const name = field.replaceAll(/[^A-Za-z]/g, "");
  const kind = (KINDS[name] ?? "field") as Refusal["kind"];
  return { kind, n, field };
}

/** A feed's last trouble as the hub tells it: the path, where it was a refusal, and the sentence. */
export function troubleOf(error: string): {
  path: string | null;
  message: string;
} {
  const [, path, message] = /^((?:\/[^/:\s]*)*): (.*)$/s.exec(error) ?? [];
  return path === undefined
    ? { path: null, message: error }
    : { path, message: message! };
}
