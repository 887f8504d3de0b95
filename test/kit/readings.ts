/**
 * Bodies of readings/1, made by patching digits in a ready buffer: a sender
 * that built objects would need as much CPU as the hub it measures. What was
 * sent follows from (sensor, at) alone, so a ledger needs no copy of it.
 */

const SENSOR_DIGITS = 7;
const INSTANT_DIGITS = 13;
const VALUE_DIGITS = 5;

export const METRIC = "flow";

export const sensorId = (no: number) =>
  `B${String(no).padStart(SENSOR_DIGITS, "0")}`;

/** The value that sensor `no` has at `at`: five digits, so that every sum is exact. */
export const valueOf = (no: number, at: number) =>
  10_000 + ((no * 7919 + at) % 90_000);

const zeros = (digits: number) => "1".repeat(digits);
const HEAD = `{"sensor":"B`;
const MIDDLE = `","metric":"${METRIC}","at":`;
const TAIL = `,"value":`;
const END = `}`;

/** Bytes of one item, and where its digits stand. */
const SENSOR_AT = HEAD.length;
const INSTANT_AT = SENSOR_AT + SENSOR_DIGITS + MIDDLE.length;
const VALUE_AT = INSTANT_AT + INSTANT_DIGITS + TAIL.length;
const ITEM =
  HEAD +
  zeros(SENSOR_DIGITS) +
  MIDDLE +
  zeros(INSTANT_DIGITS) +
  TAIL +
  zeros(VALUE_DIGITS) +
  END;
export const ITEM_BYTES = ITEM.length;

/** Writes one item's digits into a buffer that holds ITEM at `offset`. */
export function stamp(
  buffer: Buffer,
  offset: number,
  sensor: number,
  at: number,
): void {
  digits(buffer, offset + SENSOR_AT, SENSOR_DIGITS, sensor);
  digits(buffer, offset + INSTANT_AT, INSTANT_DIGITS, at);
  digits(buffer, offset + VALUE_AT, VALUE_DIGITS, valueOf(sensor, at));
}

export const item = () => Buffer.from(ITEM);

/** A JSON array of `count` items; `fill` gives it sensors `first`, `first + 1`, … at one instant. */
export function createBatch(count: number) {
  const body = Buffer.from(`[${Array(count).fill(ITEM).join(",")}]`);
  return {
    body,
    fill(first: number, at: number): void {
      for (let i = 0; i < count; i++)
        stamp(body, 1 + i * (ITEM_BYTES + 1), first + i, at);
    },
  };
}

function digits(buffer: Buffer, at: number, width: number, value: number) {
  for (let i = at + width - 1; i >= at; i--) {
    buffer[i] = 48 + (value % 10);
    value = Math.floor(value / 10);
  }
}
