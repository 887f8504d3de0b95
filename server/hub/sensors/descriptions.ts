import { grown } from "./columns.ts";
import { Texts } from "./texts.ts";

/** What each sensor is called and where it stands. */
export class Descriptions {
  /** Longitude and latitude side by side. */
  #place = new Float64Array(2 * 1024).fill(NaN);
  readonly #names = new Texts();
  /** Bounds of its name in `#names`, side by side. */
  #name = new Uint32Array(2 * 1024);

  grow(count: number): void {
    this.#place = grown(this.#place, 2 * count, NaN);
    this.#name = grown(this.#name, 2 * count);
  }

  set(
    sensor: number,
    told: { name: string; lng: number | null; lat: number | null },
  ): void {
    this.#place[2 * sensor] = told.lng ?? NaN;
    this.#place[2 * sensor + 1] = told.lat ?? NaN;
    if (this.name(sensor) === told.name) return;
    this.#name[2 * sensor] = this.#names.end;
    this.#name[2 * sensor + 1] = this.#names.append(told.name);
  }

  /** Empty where none was told. */
  name(sensor: number): string {
    const i = 2 * sensor;
    return this.#names.read(this.#name[i]!, this.#name[i + 1]!);
  }
  /** Degrees, CGCS2000; NaN where unknown. */
  lng(sensor: number): number {
    return this.#place[2 * sensor]!;
  }
  lat(sensor: number): number {
    return this.#place[2 * sensor + 1]!;
  }
}
