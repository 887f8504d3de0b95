import vue from "@vitejs/plugin-vue";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, type Rolldown } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm run dev` finds the hub: on the port it was told. */
const HUB = `http://127.0.0.1:${process.env["PORT"] ?? "8080"}`;

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
function precompress(): Plugin {
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

/**
 * Element Plus uses far more of VueUse than a wall: it gets a copy of its own,
 * or every wall would load what forms need.
 */
function partVueUse(): Plugin {
  return {
    name: "part-vueuse",
    apply: "build",
    enforce: "pre",
    async resolveId(source, importer, options) {
      const parted = /^@vueuse\/(core|shared)$/.test(source);
      if (!parted || !/[\\/]element-plus[\\/]|\?forms$/.test(importer ?? ""))
        return null;
      const from = importer?.replace(/\?forms$/, "");
      const own = { ...options, skipSelf: true };
      const found = await this.resolve(source, from, own);
      return found && { ...found, id: `${found.id}?forms` };
    },
  };
}

/** The service worker of the phone page, by name: its address must not change. */
const PHONE_WORKER = "m-worker";

/** Tells the worker which files the phone page is made of: all that its chunk and the entry import. */
function listPhoneFiles(): Plugin {
  return {
    name: "list-phone-files",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(
        (each) => each.type === "chunk",
      );
      const files = new Set<string>();
      const take = (name: string): void => {
        const chunk = chunks.find(({ fileName }) => fileName === name);
        if (!chunk || files.has(name)) return;
        files.add(name);
        for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
        chunk.imports.forEach(take);
      };
      for (const { fileName, facadeModuleId } of chunks)
        if (
          /web\/(index\.html|mobile\/MobilePage\.vue)$/.test(
            facadeModuleId ?? "",
          )
        )
          take(fileName);
      const worker = chunks.find(({ name }) => name === PHONE_WORKER);
      // Whatever quotes the minifier prefers.
      const mark = /(["'`])__PHONE_FILES__\1/;
      if (!worker || !mark.test(worker.code) || files.size < 2)
        throw new Error("the phone page's files could not be listed");
      const list = JSON.stringify([...files].sort().map((name) => `/${name}`));
      worker.code = worker.code.replace(mark, () => JSON.stringify(list));
    },
  };
}

type Modules = Pick<Rolldown.ChunkingContext, "getModuleInfo">;

/** What a wall is made of: the page it opens, and whatever a screen can hold. */
const WALL = /[\\/]web[\\/](main\.ts|widgets[\\/][\w-]+[\\/]\w+\.(ts|vue))$/;

/** Says whether a wall imports a module, itself or by what it imports; what it asks for later is another's. */
function createWallParts(): (id: string, modules: Modules) => boolean {
  const known = new Map<string, boolean>();
  return function isPart(id: string, modules: Modules): boolean {
    const found = known.get(id);
    if (found !== undefined) return found;
    // Where imports go round, it is decided by the others.
    known.set(id, false);
    const importers = modules.getModuleInfo(id)?.importers ?? [];
    const is = WALL.test(id) || importers.some((by) => isPart(by, modules));
    known.set(id, is);
    return is;
  };
}
const isWallPart = createWallParts();

export default defineConfig({
  root: here("web"),
  publicDir: here("public"),
  plugins: [vue(), partVueUse(), listPhoneFiles(), precompress()],
  build: {
    outDir: here("dist/web"),
    emptyOutDir: true,
    target: "es2023",
    // Inlined assets could not be cached or compressed apart.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: {
        index: here("web/index.html"),
        [PHONE_WORKER]: here("web/mobile/worker.ts"),
      },
      // The gallery imports all schemas at once, a wall those that it shows.
      checks: { ineffectiveDynamicImport: false },
      output: {
        entryFileNames: ({ name }) =>
          name === PHONE_WORKER ? "[name].js" : "assets/[name]-[hash].js",
        codeSplitting: {
          groups: [
            {
              name: "vue",
              test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify)[\\/]/,
              priority: 3,
            },
            {
              name: "wire",
              test: /node_modules[\\/](zod|socket\.io-client|socket\.io-parser|engine\.io-client|engine\.io-parser)[\\/]|[\\/]contract[\\/]|[\\/]web[\\/]live[\\/]jitless\.ts/,
              priority: 3,
            },
            // What every screen needs, in one file instead of forty; and what people's pages share, in another.
            {
              name: (id, modules) =>
                isWallPart(id, modules) ? "core" : "pages",
              debugName: "shared",
              test: /[\\/]web[\\/](live|screen|ui|i18n)[\\/]|[\\/]web[\\/]widgets[\\/](define|find)\.ts/,
              priority: 2,
            },
            {
              name: "echarts",
              test: /node_modules[\\/](echarts|zrender)[\\/]/,
              priority: 2,
            },
            {
              name: "maplibre",
              test: /node_modules[\\/]maplibre-gl[\\/]/,
              priority: 2,
            },
            {
              name: "hls",
              test: /node_modules[\\/]hls\.js[\\/]/,
              priority: 2,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/api": HUB,
      "/ingest": HUB,
      // The socket alone: the page's own modules stand in /live as well.
      "^/live/\\?": { target: HUB, ws: true },
    },
  },
});
