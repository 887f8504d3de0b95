import { z } from "zod";

/** Milliseconds since 1970-01-01T00:00:00Z. Every instant inside the hub and on the wire to the browser. */
export const Instant = z.number().int();
export type Instant = number;

/** A length of time in milliseconds. */
export const Duration = z.number().int().nonnegative();

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How far a clock that follows the wall's may be ahead of it (decisions B3). */
export const AHEAD = 5 * MINUTE;

const isoWithOffset =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** The years a feed may speak of: 1970-01-01 to 2100-01-01; anything else is a broken clock. */
export const EARLIEST = 0;
export const LATEST = Date.UTC(2100, 0, 1);

/** Is the date of an ISO time in the calendar? Some engines make 1 March of 30 February. */
function isDate(iso: string): boolean {
  const day = Number(iso.slice(8, 10));
  if (day <= 28) return day > 0;
  const [year, month] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7))];
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * Reads ISO 8601 with an offset, or epoch milliseconds.
 * Returns NaN for anything else: a local time without a zone names no instant.
 */
export function parseInstant(value: unknown): number {
  let at = NaN;
  if (typeof value === "number") at = value;
  else if (
    typeof value === "string" &&
    isoWithOffset.test(value) &&
    isDate(value)
  )
    at = Date.parse(value);
  return Number.isInteger(at) && at >= EARLIEST && at < LATEST ? at : NaN;
}

/** An instant that somebody sets ahead: later than every year that is kept it would be no date. */
export const InstantAhead = Instant.max(LATEST - 1);

/** Epoch ms in a query, inside the years that are kept. */
export const InstantAsked = z.coerce
  .number()
  .int()
  .min(EARLIEST)
  .max(LATEST - 1);

/** `parseInstant` as a schema, for the doors that are not hot. */
export const InstantIn = z
  .union([z.string(), z.number()])
  .transform((v, ctx) => {
    const at = parseInstant(v);
    if (Number.isNaN(at)) {
      ctx.addIssue({
        code: "custom",
        message: "expected ISO 8601 with an offset, or epoch milliseconds",
      });
      return z.NEVER;
    }
    return at;
  });
