import type { AxeResults, RunOptions } from "axe-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const SOURCE = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/**
 * What bars somebody's way on a page as it stands, by axe: a rule and where it is broken, each.
 * @param except rules that a part of a page cannot keep alone
 */
export async function violationsOn(
  page: Page,
  except: string[] = [],
): Promise<string[]> {
  const found = await page.evaluate(judge, except);
  if (found) return found;
  // Once for each page that is loaded: to read it takes as long as to judge.
  await page.evaluate(SOURCE);
  return (await page.evaluate(judge, except))!;
}

/** Runs in the page, which has no frame; null where axe is not there yet. */
async function judge(except: string[]): Promise<string[] | null> {
  if (!("axe" in window)) return null;
  const axe = window.axe as {
    run(of: Document, options: RunOptions): Promise<AxeResults>;
  };
  const { violations } = await axe.run(document, {
    // All rules are judged; what was kept is not described.
    resultTypes: ["violations"],
    rules: Object.fromEntries(except.map((rule) => [rule, { enabled: false }])),
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
  );
}
