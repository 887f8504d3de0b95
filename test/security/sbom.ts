/** `npm run sbom`: what the product is made of, as CycloneDX in dist/sbom.json. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = join(import.meta.dirname, "../..");
const FILE = join(ROOT, "dist/sbom.json");

export interface Component {
  name: string;
  version: string;
  licenses?: {
    license?: { id?: string; name?: string };
    expression?: string;
  }[];
}

export interface Sbom {
  bomFormat: string;
  metadata: { component: { name: string } };
  components: Component[];
}

/** @throws Error with npm's own words where it refuses */
export function makeSbom(): Sbom {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev"];
  const done = spawnSync("npm", args, {
    ...{ cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  });
  if (done.status !== 0)
    throw new Error(
      `npm sbom refuses: ${(done.stderr || String(done.error)).trim()}`,
    );
  const sbom = JSON.parse(done.stdout) as Sbom;
  // npm names it after the folder that somebody happens to have it in.
  const { name } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  ) as { name: string };
  sbom.metadata.component.name = name;
  return sbom;
}

function main(): void {
  const sbom = makeSbom();
  mkdirSync(join(FILE, ".."), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(sbom, null, 2)}\n`);
  console.log(
    `${relative(process.cwd(), FILE)}: ${sbom.components.length} components`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  try {
    main();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
