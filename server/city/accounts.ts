import { z } from "zod";
import type { DataScope } from "../../contract/data-scope.ts";
import { RoleCode } from "../../contract/role.ts";
import { say } from "../../contract/sentence.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { text as textOf } from "../../contract/text.ts";
import { readTable } from "./table.ts";

/** Somebody who works in a demo city beside the one account of each role. */
export interface PackAccount {
  login: string;
  role: RoleCode;
  nameZh: string;
  nameEn: string;
  scope: DataScope;
  /** Takes steps by itself: its link is not for visitors. */
  isStaff: boolean;
}

/** Codes between semicolons, each of them known; blank = all that there are. */
const codes = (
  known: readonly { code: string }[],
  unknown: (code: string) => string,
) => {
  const all = new Set(known.map(({ code }) => code));
  const code = z.string().refine((each) => all.has(each), {
    error: ({ input }) => unknown(String(input)),
  });
  return textOf(2000)
    .default("")
    .transform((cell) => (cell === "" ? null : cell.split(";")))
    .pipe(z.array(code).nullable());
};

/**
 * Reads `accounts.csv` (columns login, role, nameZh and, where wanted, nameEn,
 * departments and districts: codes between semicolons, blank for the whole
 * city; `staff` true for those who work without a visitor). Only a demo makes
 * accounts of it.
 * @throws TableError naming line and column of everything that is wrong
 */
export function readAccounts(
  text: string,
  of: {
    departments: readonly { code: string }[];
    districts: readonly { code: string }[];
  },
): PackAccount[] {
  const rows = readTable({
    ...{ file: "accounts.csv", text },
    shape: z.object({
      login: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
        error: ({ input }) =>
          `${String(input)} is no login of lower-case letters, digits and hyphens`,
      }),
      role: z.enum(RoleCode.options, {
        error: ({ input }) => `there is no role ${String(input)}`,
      }),
      nameZh: textOf(80).min(1, SENTENCES.nameMissing),
      nameEn: textOf(80).default(""),
      departments: codes(
        of.departments,
        (department) => say("noDepartment", { department }).message,
      ),
      districts: codes(
        of.districts,
        (district) => say("noDistrict", { district }).message,
      ),
      staff: z
        .enum(["true", "false", ""], {
          error: ({ input }) => `${String(input)} is neither true nor false`,
        })
        .default(""),
    }),
    identity: ({ login }) => login,
  });
  return rows.map(({ departments, districts, staff, ...account }) => ({
    ...account,
    scope: { departments, districts },
    isStaff: staff === "true",
  }));
}
