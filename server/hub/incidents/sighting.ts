/** What algorithms see: which of it is taken. */
import type { Algorithm } from "../../../contract/algorithm.ts";
import type { SystemReport } from "../../../contract/system-report.ts";

/** Why a sighting is not taken, with where; null where it is, or where nobody but people saw it. */
export function sightingFlaw(
  { ai, confidence = 0 }: Pick<SystemReport, "ai" | "confidence">,
  algorithms: ReadonlyMap<string, Algorithm>,
): { path: string; message: string } | null {
  if (!ai) return null;
  const path = "/ai/algorithmCode";
  const algorithm = algorithms.get(ai.algorithmCode);
  if (!algorithm)
    return {
      path,
      message: `${ai.algorithmCode} is none of the city's algorithms`,
    };
  const { code, version, threshold, enabled } = algorithm;
  if (!enabled) return { path, message: `${code} ${version} is switched off` };
  return confidence < threshold
    ? {
        path: "/confidence",
        message: `${confidence} is below the threshold ${threshold} of ${code} ${version}`,
      }
    : null;
}
