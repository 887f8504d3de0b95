import type { City } from "./types.ts";

/** One line of `accounts.csv`: lists between semicolons, blank for the whole city. */
export interface AccountRow {
  login: string;
  role: StaffRole;
  nameZh: string;
  nameEn: string;
  departments: string;
  districts: string;
  /** Works without a visitor (mock-feeds/staff). */
  staff: boolean;
}

/** Roles that the staff at work has one account each of. */
export const STAFF_ROLES = [
  ...(["acceptor", "shiftLeader", "dispatcher", "deptHandler"] as const),
  ...(["gridWorker", "hotlineSeat", "supervisor", "dutyOfficer"] as const),
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Who they are, as histories name them. */
const STAFF_NAMES: Record<StaffRole, readonly [string, string]> = {
  acceptor: ["江小受", "Acceptor on duty"],
  shiftLeader: ["江小班", "Shift leader on duty"],
  dispatcher: ["江小派", "Dispatcher on duty"],
  deptHandler: ["江小办", "Handler on duty"],
  gridWorker: ["江小格", "Grid worker on duty"],
  hotlineSeat: ["江小访", "Hotline seat on duty"],
  supervisor: ["江小督", "Supervisor on duty"],
  dutyOfficer: ["江小值", "Officer keeping the log"],
};

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
      ...{ departments: code, districts: "", staff: false },
    }));
  const district = districts[OTHER]!;
  const centre = departments.find((one) => one.district === district.code)!;
  const there = {
    ...{ districts: district.code, departments: "", staff: false },
  };
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
    ...createStaff(),
  ];
}

/** Who works on matters of the whole city without a visitor, one a role. */
export const createStaff = (): AccountRow[] =>
  STAFF_ROLES.map((role) => ({
    ...{ login: `staff-${role.toLowerCase()}`, role, staff: true },
    ...{ nameZh: STAFF_NAMES[role][0], nameEn: STAFF_NAMES[role][1] },
    ...{ departments: "", districts: "" },
  }));

/** Login of whoever keeps the duty of a district's centre. */
export const districtOfficer = ({ code }: { code: string }): string =>
  `demo-dutyofficer-${code.toLowerCase()}`;
