import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** A port nobody listens on at this moment; another process may still take it first. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/**
 * Starts something on a free port, again on another one where the first was
 * taken in between.
 */
export async function onFreePort<T>(
  start: (port: number) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}
