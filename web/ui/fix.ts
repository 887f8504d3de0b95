/** Where the phone is (WGS 84), and how sure it is of that. */
import { onScopeDispose, shallowRef } from "vue";
import type { Fix } from "../../contract/place.ts";

/** Degrees to about a tenth of a metre. */
const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

export function useFix() {
  const fix = shallowRef<Fix | null>(null);
  const state = shallowRef<"idle" | "finding" | "denied" | "missing">("idle");
  let isOver = false;
  onScopeDispose(() => (isOver = true));

  function find(): void {
    if (!("geolocation" in navigator)) return void (state.value = "missing");
    state.value = "finding";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (isOver) return;
        const { longitude, latitude, accuracy } = coords;
        fix.value = {
          ...{ lng: rounded(longitude), lat: rounded(latitude) },
          accuracy: Math.round(accuracy),
        };
        state.value = "idle";
      },
      ({ code, PERMISSION_DENIED }) => {
        if (isOver) return;
        state.value = code === PERMISSION_DENIED ? "denied" : "missing";
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 },
    );
  }
  return { fix, state, find };
}
