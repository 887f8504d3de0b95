import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(js|mjs|css|html|svg|json|geojson|webmanifest)$/;
/** Below this a packet is sent either way. */
const WORTH_IT = 1_024;

const squeeze = {
  ".gz": (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
  ".br": (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
    }),
};

/**
 * Writes `.gz` and `.br` beside every text file of the build: the server only
 * picks one, so a wall's first load costs it no CPU (P7).
 */
export function precompress(): Plugin {
  let folder = "";
  return {
    name: "precompress",
    apply: "build",
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    async closeBundle(error) {
      if (error) return;
      for (const name of await readdir(folder, { recursive: true })) {
        if (!COMPRESSIBLE.test(name)) continue;
        const bytes = await readFile(join(folder, name));
        if (bytes.length < WORTH_IT) continue;
        for (const [ending, pack] of Object.entries(squeeze))
          await writeFile(join(folder, name + ending), await pack(bytes));
      }
    },
  };
}
