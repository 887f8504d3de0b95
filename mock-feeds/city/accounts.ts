import type { City } from "./types.ts";

/** One line of `accounts.csv`: lists between semicolons, blank for the whole city. */
export interface AccountRow {
  login: string;
  role: "deptHandler" | "gridWorker" | "dutyOfficer";
  nameZh: string;
  nameEn: string;
  departments: string;
  districts: string;
}

/** Bureaus and companies that most matters of the city go to; the transport bureau has the role's own account. */
const HANDLE = ["URBAN", "HOUS", "WATER", "ECO", "DRAIN", "SANI", "GREEN"];

/** Which district, counted from 0, has a second grid worker and a duty officer: not the first, where the role's own account works. */
const OTHER = 1;

/**
 * Who works in the invented city beside the one account of each role: matters
 * go to many departments, and each needs somebody who takes them there.
 */
export function createAccounts({
  departments,
  districts,
}: Pick<City, "departments" | "districts">): AccountRow[] {
  const handlers = departments
    .filter(({ code }) => HANDLE.includes(code))
    .map(({ code, nameZh, nameEn }): AccountRow => ({
      ...{ login: `demo-handler-${code.toLowerCase()}`, role: "deptHandler" },
      ...{ nameZh: `${nameZh}经办人`, nameEn: `Handler, ${nameEn}` },
      ...{ departments: code, districts: "" },
    }));
  const district = districts[OTHER]!;
  const centre = departments.find((one) => one.district === district.code)!;
  const there = { districts: district.code, departments: "" };
  return [
    ...handlers,
    {
      ...{ login: "demo-gridworker-2", role: "gridWorker", ...there },
      nameZh: `${district.nameZh}网格员`,
      nameEn: `Grid worker, ${district.nameEn}`,
    },
    {
      ...{ login: districtOfficer(centre), role: "dutyOfficer", ...there },
      nameZh: `${centre.nameZh}值班员`,
      nameEn: `Duty officer, ${centre.nameEn}`,
    },
  ];
}

/** Login of whoever keeps the duty of a district's centre. */
export const districtOfficer = ({ code }: { code: string }): string =>
  `demo-dutyofficer-${code.toLowerCase()}`;
