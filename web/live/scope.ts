/** The area a screen is limited to: `city`, or a district's code (row 107). */
import { computed, inject, provide, type InjectionKey, type Ref } from "vue";
import { CITY_SCOPE } from "../../contract/place.ts";

const key: InjectionKey<Readonly<Ref<string>>> = Symbol("screen scope");
const city = computed(() => CITY_SCOPE);

export function provideScope(scope: Readonly<Ref<string>>): void {
  provide(key, scope);
}

export function useScope() {
  const scope = inject(key, city);
  return {
    scope,
    /** District code for topics that are limited by district, else undefined. */
    district: computed(() =>
      scope.value === CITY_SCOPE ? undefined : scope.value,
    ),
  };
}
