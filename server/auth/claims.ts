/** What a single sign-on says of a person, read as an account of ours. Pure. */
import { WHOLE_CITY, type DataScope } from "../../contract/data-scope.ts";
import type { RoleCode } from "../../contract/role.ts";
import { Login } from "../../contract/session.ts";

export interface ClaimRules {
  rolesClaim: string;
  roles: Readonly<Record<string, RoleCode>>;
  departmentsClaim: string | null;
  districtsClaim: string | null;
  loginClaim: string;
  staffClaim: string;
  strong: readonly string[];
}

export interface Vouched {
  /** `issuer#subject`: names the person for ever. */
  subject: string;
  login: string;
  name: string;
  staffNo: string;
  roles: RoleCode[];
  /** Null where no claim speaks of it. */
  departments: { list: DataScope["departments"] } | null;
  districts: { list: DataScope["districts"] } | null;
  /** Did the other side ask for a second factor? */
  strong: boolean;
}

type Claims = Record<string, unknown> & { iss: string; sub: string };

/** @returns a sentence where nobody of ours comes out of it */
export function readClaims(
  claims: Claims,
  rules: ClaimRules,
): Vouched | string {
  const login = textOf(claims[rules.loginClaim])?.toLowerCase();
  if (login === undefined || !Login.safeParse(login).success)
    return `the claim ${rules.loginClaim} is no login`;
  const roles = listOf(claims[rules.rolesClaim]).flatMap((value) =>
    Object.hasOwn(rules.roles, value) ? [rules.roles[value]!] : [],
  );
  if (roles.length === 0)
    return `the claim ${rules.rolesClaim} names no role of this hub`;
  const amr = listOf(claims["amr"]);
  return {
    subject: `${claims.iss}#${claims.sub}`,
    login,
    name: textOf(claims["name"])?.slice(0, 80) ?? login,
    staffNo: (textOf(claims[rules.staffClaim]) ?? claims.sub).slice(0, 40),
    roles: [...new Set(roles)],
    departments: codesOf(claims, rules.departmentsClaim),
    districts: codesOf(claims, rules.districtsClaim),
    strong: amr.some((value) => rules.strong.includes(value)),
  };
}

/** A claim that is configured and missing gives nothing, never everything. */
function codesOf(claims: Claims, claim: string | null) {
  if (claim === null) return null;
  const list = listOf(claims[claim]);
  return { list: list.includes("*") ? null : list.slice(0, 200) };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? []);

/** Who is new sees nothing until the claims or two administrators say otherwise. */
export const scopeOf = (
  { departments, districts }: Pick<Vouched, "departments" | "districts">,
  before: DataScope | null,
): DataScope => ({
  departments: departments
    ? departments.list
    : (before ?? { departments: [] }).departments,
  districts: districts ? districts.list : (before ?? WHOLE_CITY).districts,
});
