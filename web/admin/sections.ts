/** What these pages consist of, and whose permission opens each. Pure. */
import type { Action } from "../../contract/role.ts";

export const SECTIONS = [
  { id: "accounts", group: "people", needs: "readAccounts" },
  { id: "rights", group: "people", needs: "readAccounts" },
  { id: "roles", group: "people", needs: "readAccounts" },
  { id: "policy", group: "people", needs: "readAccounts" },
  { id: "sessions", group: "people", needs: "readAccounts" },
  { id: "departments", group: "city", needs: "manageAccounts" },
  { id: "devices", group: "city", needs: "manageDevices" },
  { id: "feeds", group: "city", needs: "configureFeeds" },
  { id: "webhooks", group: "city", needs: "configureFeeds" },
  { id: "limits", group: "rules", needs: "configureRules" },
  { id: "calendar", group: "rules", needs: "configureRules" },
  { id: "algorithms", group: "rules", needs: "configureRules" },
  { id: "audit", group: "audit", needs: "readAudit" },
] as const satisfies readonly { id: string; group: string; needs: Action }[];

export type Section = (typeof SECTIONS)[number];
export type SectionId = Section["id"];

/** The sections that somebody may open, in their order. */
export const sectionsFor = (permissions: readonly Action[]): Section[] =>
  SECTIONS.filter(({ needs }) => permissions.includes(needs));

/** The sections by group, groups without one left out. */
export function groupsOf(
  sections: readonly Section[],
): { group: Section["group"]; sections: Section[] }[] {
  const groups = [...new Set(sections.map(({ group }) => group))];
  return groups.map((group) => ({
    group,
    sections: sections.filter((one) => one.group === group),
  }));
}
