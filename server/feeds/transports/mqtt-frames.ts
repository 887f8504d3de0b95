/**
 * Follows the packets in a stream of MQTT bytes by their lengths alone, so that
 * one too large is known before it is gathered: the parser itself would wait
 * for up to 256 MB.
 */
export class FrameGuard {
  #largest: number;
  /** Bytes of the present packet still to come. */
  #rest = 0;
  /** Bytes of a fixed header seen so far. */
  #header = 0;
  #length = 0;

  constructor(largest: number) {
    this.#largest = largest;
  }

  /** From now on packets may be so large. */
  allow(largest: number): void {
    this.#largest = largest;
  }

  /** Bytes of a packet that has begun and not wholly come. */
  get unfinished(): number {
    return this.#rest > 0 ? this.#length - this.#rest : 0;
  }

  /** False where the chunk begins a packet larger than allowed. */
  accepts(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#rest > 0) {
        const step = Math.min(this.#rest, chunk.length - at);
        this.#rest -= step;
        at += step;
        continue;
      }
      const byte = chunk[at++]!;
      if (this.#header++ === 0) {
        this.#length = 0;
        continue;
      }
      // Remaining length: seven bits a byte, lowest first, at most four bytes.
      const place = this.#header - 2;
      this.#length += (byte & 0x7f) * 128 ** place;
      if (this.#length > this.#largest || place > 3) return false;
      if ((byte & 0x80) !== 0) continue;
      this.#rest = this.#length;
      this.#header = 0;
    }
    return true;
  }
}
