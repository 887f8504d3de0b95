/** Builds the page of this folder and serves it compressed. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { makeFolder } from "../../../test/kit/folder.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
};

export async function serveEmptyVue(): Promise<{
  url: string;
  close(): Promise<void>;
}> {
  const folder = makeFolder("empty-vue");
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: "error",
    build: { outDir: folder.path, emptyOutDir: true },
  });
  const server = createServer((request, reply) => {
    const name = request.url === "/" ? "index.html" : request.url!.slice(1);
    readFile(join(folder.path, name)).then(
      (file) =>
        reply
          .writeHead(200, {
            "content-type": TYPES[extname(name)] ?? "application/octet-stream",
            "content-encoding": "gzip",
          })
          .end(gzipSync(file)),
      () => reply.writeHead(404).end(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await folder.remove();
    },
  };
}
