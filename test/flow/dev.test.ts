/** `npm run dev`: whoever works on a page sees it, and it speaks to the hub that runs beside it. */
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { expect, it } from "vitest";

it("serves the pages' own modules, and passes on to the hub what is the hub's", async () => {
  const hub = createHttpServer((request, reply) => reply.end(request.url));
  await new Promise<void>((done) => hub.listen(0, "127.0.0.1", done));
  const { port } = hub.address() as AddressInfo;
  process.env["PORT"] = String(port);
  const dev = await createServer({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1" },
  });
  try {
    await dev.listen();
    const get = async (path: string) => {
      const reply = await fetch(new URL(path, dev.resolvedUrls!.local[0]));
      return reply.text();
    };
    expect(await get("/live/session.ts")).toContain("openSession");
    for (const path of ["/live/?EIO=4", "/api/city", "/ingest/v1/air"])
      expect(await get(path)).toBe(path);
  } finally {
    delete process.env["PORT"];
    await dev.close();
    hub.closeAllConnections();
    hub.close();
  }
});
