/** Shifts of the invented city's command centre, in its own time; `shifts.csv`. */
export const SHIFTS = [
  {
    ...{ id: "early", nameZh: "早班", nameEn: "Early shift" },
    ...{ from: "07:30", to: "15:30" },
  },
  {
    ...{ id: "middle", nameZh: "中班", nameEn: "Middle shift" },
    ...{ from: "15:30", to: "23:30" },
  },
  {
    ...{ id: "night", nameZh: "夜班", nameEn: "Night shift" },
    ...{ from: "23:30", to: "07:30" },
  },
].map((shift) => ({
  ...shift,
  needs: "dutyLeader;shiftLeader;dutyOfficer;seat",
}));
