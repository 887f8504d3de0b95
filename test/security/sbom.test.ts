/** The licences of what the product is made of. */
import { beforeAll, expect, it } from "vitest";
import { makeSbom, type Component, type Sbom } from "./sbom.ts";

const ALLOWED = new Set([
  ...["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"],
  ...["CC0-1.0", "Unlicense", "BlueOak-1.0.0", "Python-2.0"],
  // Of fonts.
  "OFL-1.1",
]);

/** Packages whose package.json names no licence that npm knows; what their own texts say. */
const TOLD: Record<string, string> = {
  // The Eclipse Distribution License is the BSD-3-Clause text; package.json: EDL-1.0 OR EPL-1.0.
  "@turf/jsts": "BSD-3-Clause",
  jsts: "BSD-3-Clause",
  // package.json has the old form {type: "BSD"}; LICENSE.md is BSD-2-Clause's text.
  arc: "BSD-2-Clause",
  // package.json misspells it; LICENSE is BSD-3-Clause's text.
  "splaytree-ts": "BSD-3-Clause",
};

let sbom: Sbom;
beforeAll(() => void (sbom = makeSbom()));

/** SPDX: of an OR one is enough, of an AND all are needed. */
function allows(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, "");
  return plain
    .split(" OR ")
    .some((one) =>
      one.split(" AND ").every((each) => ALLOWED.has(each.trim())),
    );
}

function licenceOf({ licenses = [] }: Component): string | null {
  const [first] = licenses;
  return first?.expression ?? first?.license?.id ?? null;
}

it("the product is made of packages that anybody may use, give on and sell", () => {
  expect(sbom.bomFormat).toBe("CycloneDX");
  expect(sbom.metadata.component.name).toBe("chengshu");
  expect(sbom.components.length).toBeGreaterThan(100);
  const refused = sbom.components
    .map((one) => [one.name, licenceOf(one) ?? TOLD[one.name]] as const)
    .filter(([, licence]) => licence === undefined || !allows(licence));
  expect(refused).toEqual([]);
});

it("an exception stands only for a package that is there and names no licence", () => {
  const silent = sbom.components
    .filter((one) => licenceOf(one) === null)
    .map(({ name }) => name);
  expect(Object.keys(TOLD).sort()).toEqual([...new Set(silent)].sort());
});
