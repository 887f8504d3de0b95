/** What a widget's drawing must know of the canvas it stands on. */
import { computed, inject, provide, type InjectionKey, type Ref } from "vue";

export interface Canvas {
  theme: Readonly<Ref<"dark" | "light">>;
  /** Canvas pixels of one unit: a 16-unit text is 16 × `unit` px. */
  unit: Readonly<Ref<number>>;
  /** Device pixels of one canvas pixel, for drawing surfaces. */
  density: Readonly<Ref<number>>;
  /** Nothing moves: no animation, no rolling lists. */
  still: Readonly<Ref<boolean>>;
}

const key: InjectionKey<Canvas> = Symbol("canvas");

export function provideCanvas(canvas: Canvas): void {
  provide(key, canvas);
}

export function useCanvas(): Canvas {
  return inject(
    key,
    () => ({
      theme: computed(() => "dark" as const),
      unit: computed(() => 1),
      density: computed(() => 1),
      still: computed(() => false),
    }),
    true,
  );
}
