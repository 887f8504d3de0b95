import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Folder {
  path: string;
  remove(): Promise<void>;
}

/** A folder of its own under the system's temporary one. */
export function makeFolder(name: string): Folder {
  const path = mkdtempSync(join(tmpdir(), `chengshu-${name}-`));
  return {
    path,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
