/** Pages that a desk leads to, each on `g` and a letter; only those that there are, for whoever may see them. */
import { useRouter } from "vue-router";
import { WORKING } from "../../contract/step.ts";
import type { Action } from "../../contract/role.ts";
import { may } from "../live/session.ts";

interface Surface {
  name: `go${"Desk" | "Alarms" | "Duty" | "Statistics" | "Home" | "Ops" | "Admin"}`;
  path: string;
  key: string;
  /** Path of a small drawing, 20 × 20. */
  mark: string;
  /** One of these is enough; empty = everybody. */
  by: readonly Action[];
}

const SURFACES: readonly Surface[] = [
  {
    ...{ name: "goDesk", path: "/desk", key: "g i", by: [] },
    mark: "M3 4h14M3 8h14M3 12h9M3 16h9",
  },
  {
    ...{ name: "goAlarms", path: "/alarms", key: "g w", by: ["watch"] },
    mark: "M10 3l8 14H2ZM10 8v4M10 14.5v.5",
  },
  {
    ...{ name: "goDuty", path: "/duty", key: "g d", by: ["keepDuty"] },
    mark: "M4 5h12v12H4ZM4 9h12M8 3v4M12 3v4",
  },
  {
    ...{ name: "goStatistics", path: "/statistics", key: "g s", by: WORKING },
    mark: "M3 17h14M5 14V9M10 14V4M15 14v-7",
  },
  {
    ...{ name: "goHome", path: "/", key: "g h", by: [] },
    mark: "M2 4h16v10H2ZM7 17h6M10 14v3",
  },
  {
    ...{ name: "goOps", path: "/ops", key: "g o", by: ["runFeeds"] },
    mark: "M2 11h4l2-6 4 11 2-5h4",
  },
  {
    ...{ name: "goAdmin", path: "/admin", key: "g a" },
    by: [
      "readAccounts",
      "manageDevices",
      "configureFeeds",
      "configureRules",
      "readAudit",
    ],
    mark: "M10 3l6 3v4c0 4-3 6-6 7-3-1-6-3-6-7V6Z",
  },
];

export function useSurfaces(): readonly Surface[] {
  const router = useRouter();
  // The page for addresses that are none takes whatever is left.
  const isThere = (path: string) =>
    router
      .resolve(path)
      .matched.every((record) => !/:rest\b/.test(record.path));
  return SURFACES.filter(
    ({ path, by }) =>
      isThere(path) && (by.length === 0 || by.some((action) => may(action))),
  );
}
