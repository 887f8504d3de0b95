/** A store with a city's year of incidents: written once, kept for the next run; a small one is the run's own. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { migrations } from "../../server/store/migrations/index.ts";
import { makeFolder } from "../../test/kit/folder.ts";
import { report, small } from "../measure.ts";
import { writeYear } from "./incidents.ts";

/** What is written; another number writes anew. */
const EDITION = 2;

export interface KeptYear {
  dataDir: string;
  /** Id of the incident with the long history. */
  long: string;
  remove(): Promise<void>;
}

export async function keptYear(bench: string): Promise<KeptYear> {
  const count = small ? 20_000 : 1_000_000;
  const folder = makeFolder("year");
  const cache = join(import.meta.dirname, "../../node_modules/.cache/bench");
  const dataDir = small
    ? folder.path
    : join(cache, `year-${count}-${migrations.length}-${EDITION}`);
  const written = join(dataDir, "written");
  if (!existsSync(written)) {
    rmSync(dataDir, { recursive: true, force: true });
    mkdirSync(dataDir, { recursive: true });
    const begun = performance.now();
    const long = await writeYear(
      `sqlite:${join(dataDir, "chengshu.db")}`,
      count,
    );
    const took = (performance.now() - begun) / 1000;
    report(bench, "incidents written with their history", count / took, "/s");
    writeFileSync(written, long);
  }
  return {
    ...{ dataDir, long: readFileSync(written, "utf8") },
    remove: () => folder.remove(),
  };
}
