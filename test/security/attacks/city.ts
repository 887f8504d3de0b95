/** The city that is attacked: two departments with feeds of every kind, one of them signed. */
import { DISTRICTS, type CityPlan } from "../../kit/city.ts";
import type { DataScope } from "../../../contract/data-scope.ts";

const FORMATS = [
  ["sensors", "sensors/1"],
  ["readings", "readings/1"],
  ["incidents", "incidents/1"],
  ["cameras", "cameras/1"],
] as const;

export const ATTACKED_CITY: CityPlan = {
  feeds: [
    ...["TEST", "ECO"].flatMap((department) =>
      FORMATS.map(([name, format]) => ({
        id: `${department.toLowerCase()}-${name}`,
        system: department.toLowerCase(),
        ...{ department, format, expectEvery: 3_600_000 },
      })),
    ),
    ...["signed", "signed-too"].map((id) => ({
      ...{ id, signed: true, expectEvery: 3_600_000 },
    })),
  ],
};

/** What the attackers inside may see. */
export const OWN: DataScope = {
  departments: ["TEST"],
  districts: [DISTRICTS.west.code],
};
