/** Small numbers as few bytes: variable-length integers and columns of numbers. */

/** Grows by doubling. Integers are whole numbers from 0 to 2^53. */
export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;
  #view: DataView;

  constructor(room = 1024) {
    this.bytes = new Uint8Array(room);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Makes sure of room for that many bytes; the others do not ask. */
  reserve(room: number): void {
    if (this.length + room <= this.bytes.length) return;
    const bytes = new Uint8Array(
      Math.max(this.length + room, 2 * this.bytes.length),
    );
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  byte(value: number): void {
    this.bytes[this.length++] = value;
  }

  /** 7 bits a byte, the lowest first; at most 8 bytes. */
  integer(value: number): void {
    while (value >= 0x80000000) {
      this.bytes[this.length++] = (value % 128) | 0x80;
      value = Math.floor(value / 128);
    }
    while (value >= 0x80) {
      this.bytes[this.length++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.bytes[this.length++] = value;
  }

  float32(value: number): void {
    this.#view.setFloat32(this.length, value, true);
    this.length += 4;
  }

  float64(value: number): void {
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  append(other: ByteWriter): void {
    this.reserve(other.length);
    if (other.length < 64)
      for (let i = 0; i < other.length; i++)
        this.bytes[this.length + i] = other.bytes[i]!;
    else this.bytes.set(other.bytes.subarray(0, other.length), this.length);
    this.length += other.length;
  }

  /** A copy of what was written. */
  taken(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}

export class ByteReader {
  at = 0;
  readonly bytes: Uint8Array;
  #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    return this.bytes[this.at++]!;
  }

  integer(): number {
    let byte = this.bytes[this.at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 128;
    do {
      byte = this.bytes[this.at++]!;
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80);
    return value;
  }

  float32(): number {
    const value = this.#view.getFloat32(this.at, true);
    this.at += 4;
    return value;
  }

  float64(): number {
    const value = this.#view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }
}

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7];
const FLOAT32 = 8;
const FLOAT64 = 9;
/** Differences of scaled values, zigzag, must stay below 2^53. */
const LARGEST = 2 ** 50;

/** Room that a column of `count` numbers may need. */
export const numbersRoom = (count: number) => 1 + 8 * count;

/**
 * Sensors speak in few decimals: a column whose every value is a whole number
 * of tenths, hundredths, … is kept as differences of whole numbers; any other
 * as floats. Gives back bit for bit what was written.
 */
export function writeNumbers(
  out: ByteWriter,
  values: Float64Array,
  from: number,
  to: number,
): void {
  for (let decimals = 0; decimals < POWERS.length; decimals++) {
    const power = POWERS[decimals]!;
    if (!areWhole(values, from, to, power)) continue;
    out.byte(decimals);
    let last = 0;
    for (let i = from; i < to; i++) {
      const whole = Math.round(values[i]! * power);
      const step = whole - last;
      out.integer(step < 0 ? -2 * step - 1 : 2 * step);
      last = whole;
    }
    return;
  }
  let short = true;
  for (let i = from; short && i < to; i++)
    short = Math.fround(values[i]!) === values[i];
  out.byte(short ? FLOAT32 : FLOAT64);
  for (let i = from; i < to; i++)
    if (short) out.float32(values[i]!);
    else out.float64(values[i]!);
}

function areWhole(
  values: Float64Array,
  from: number,
  to: number,
  power: number,
): boolean {
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    const whole = Math.round(value * power);
    if (
      whole / power !== value ||
      whole > LARGEST ||
      whole < -LARGEST ||
      (value === 0 && 1 / value < 0)
    )
      return false;
  }
  return true;
}

export function readNumbers(
  input: ByteReader,
  values: Float64Array,
  from: number,
  to: number,
): void {
  const kind = input.byte();
  if (kind === FLOAT32)
    for (let i = from; i < to; i++) values[i] = input.float32();
  else if (kind === FLOAT64)
    for (let i = from; i < to; i++) values[i] = input.float64();
  else {
    const power = POWERS[kind]!;
    let whole = 0;
    for (let i = from; i < to; i++) {
      const step = input.integer();
      whole += step % 2 === 1 ? -(step + 1) / 2 : step / 2;
      values[i] = whole / power;
    }
  }
}

const IN_THOUSANDS = 1;
const EVEN_STEPS = 2;

/** Room that `count` ascending numbers may need. */
export const stepsRoom = (count: number) => 9 + 8 * count;

/** Whole numbers that never fall, as their steps; even steps cost nothing. */
export function writeSteps(
  out: ByteWriter,
  values: Float64Array,
  from: number,
  to: number,
): void {
  const step = to - from > 1 ? values[from + 1]! - values[from]! : 0;
  let flags = IN_THOUSANDS | EVEN_STEPS;
  for (let i = from; i < to && flags !== 0; i++) {
    if (values[i]! % 1000 !== 0) flags &= ~IN_THOUSANDS;
    if (i > from && values[i]! - values[i - 1]! !== step) flags &= ~EVEN_STEPS;
  }
  const unit = flags & IN_THOUSANDS ? 1000 : 1;
  out.byte(flags);
  out.integer(values[from]! / unit);
  const written = flags & EVEN_STEPS ? Math.min(to, from + 2) : to;
  for (let i = from + 1; i < written; i++)
    out.integer((values[i]! - values[i - 1]!) / unit);
}

export function readSteps(
  input: ByteReader,
  values: Float64Array,
  from: number,
  to: number,
): void {
  const flags = input.byte();
  const unit = flags & IN_THOUSANDS ? 1000 : 1;
  let value = input.integer() * unit;
  values[from] = value;
  if (to - from < 2) return;
  let step = input.integer() * unit;
  for (let i = from + 1; i < to; i++) {
    if (i > from + 1 && !(flags & EVEN_STEPS)) step = input.integer() * unit;
    value += step;
    values[i] = value;
  }
}
