import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * What bars somebody's way on a page as it stands, by axe: a rule and where it is broken, each.
 * @param except rules that a part of a page cannot keep alone
 */
export async function violationsOn(
  page: Page,
  except: string[] = [],
): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // All rules are judged; what was kept is not described.
    .options({ resultTypes: ["violations"] })
    .disableRules(except)
    // In the page itself: no frame of another site is here, and no page beside it is needed.
    .setLegacyMode()
    .analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
  );
}
