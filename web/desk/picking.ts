/** A place that is picked on the desk's map: whoever needs one asks, and the map answers. WGS-84, as the map is drawn. */
import {
  inject,
  provide,
  shallowRef,
  type InjectionKey,
  type ShallowRef,
} from "vue";
import type { LngLat } from "../map/places.ts";

export interface Asking {
  /** Where it begins; null = what the map shows. */
  from: LngLat | null;
  /** The place, or null where whoever was asked thought better of it. */
  answer(at: LngLat | null): void;
}

export interface Picking {
  /** What the map is asked for now. */
  readonly asking: Readonly<ShallowRef<Asking | null>>;
  /** Another question takes the place of one that waits. */
  ask(from: LngLat | null): Promise<LngLat | null>;
}

const key: InjectionKey<Picking> = Symbol("picking");

export function providePicking(): Picking {
  const asking = shallowRef<Asking | null>(null);
  const picking: Picking = {
    asking,
    ask(from) {
      asking.value?.answer(null);
      return new Promise((done) => {
        const own: Asking = {
          from,
          answer(at) {
            if (asking.value === own) asking.value = null;
            done(at);
          },
        };
        asking.value = own;
      });
    },
  };
  provide(key, picking);
  return picking;
}

/** Null where there is no map to pick on. */
export const usePicking = (): Picking | null => inject(key, null);
