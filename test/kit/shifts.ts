/** Shifts of a small command centre. */
import type { Shift } from "../../contract/duty.ts";

export const shift = (id: string, from: string, to: string): Shift => ({
  ...{ id, nameZh: id, nameEn: id, from, to },
  needs: ["shiftLeader", "dutyOfficer"],
});

/** Round the clock. */
export const THREE: Shift[] = [
  shift("early", "07:30", "15:30"),
  shift("middle", "15:30", "23:30"),
  shift("night", "23:30", "07:30"),
];
