/** Shapes of a wall's states, what one may do with it, and its pairing code. Pure. */
import type { Device, DeviceState } from "../../../contract/device.ts";
import type { Shape } from "../parts/shape.ts";

export const SHAPES: Record<DeviceState, Shape> = {
  online: "full",
  recently: "half",
  stale: "ring",
  offline: "struck",
  disabled: "bar",
  revoked: "cross",
};

export type DeviceAct = "change" | "switchOff" | "switchOn" | "revoke";

export function actsFor({ state }: Device): DeviceAct[] {
  if (state === "revoked") return [];
  return ["change", state === "disabled" ? "switchOn" : "switchOff", "revoke"];
}

/** A code as the wall shows it, however it was typed: `ab-cd 12` → `ABCD12`. */
export const plainCode = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
