import vue from "@vitejs/plugin-vue";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { precompress } from "./web/precompress.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm run dev` finds the hub. */
const HUB = "http://127.0.0.1:8080";

export default defineConfig({
  root: here("web"),
  publicDir: here("public"),
  plugins: [vue(), precompress()],
  build: {
    outDir: here("dist/web"),
    emptyOutDir: true,
    target: "es2023",
    // Inlined assets could not be cached or compressed apart.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "vue",
              test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify)[\\/]/,
              priority: 3,
            },
            {
              name: "wire",
              test: /node_modules[\\/](zod|socket\.io-client|socket\.io-parser|engine\.io-client|engine\.io-parser)[\\/]|[\\/]contract[\\/]/,
              priority: 3,
            },
            // What every screen needs, in one file instead of forty.
            {
              name: "core",
              test: /[\\/]web[\\/](live|screen|ui|i18n)[\\/]|[\\/]web[\\/]widgets[\\/](define|all)\.ts|[\\/]widgets[\\/][^\\/]+[\\/]schema\.ts/,
              priority: 1,
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
      "/live": { target: HUB, ws: true },
    },
  },
});
