/** Requests as no browser would send them: any path, any header, any bytes. */
import { Agent, request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";

export interface Knocked {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Knock {
  cookie?: string | null;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** @param path goes over the wire as it is, absolute URLs included */
export function knock(
  { url }: { url: string },
  method: string,
  path: string,
  { cookie, headers = {}, body }: Knock = {},
): Promise<Knocked> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ agent, hostname, port, method, path },
        headers: {
          ...(cookie && { cookie }),
          ...(body !== undefined && {
            "content-length": String(Buffer.byteLength(body)),
          }),
          ...headers,
        },
      },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("error", reject);
        reply.on("end", () =>
          resolve({
            status: reply.statusCode!,
            headers: reply.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

/** JSON, as the web app asks. */
export const knockJson = (
  hub: { url: string },
  method: string,
  path: string,
  body: unknown,
  more: Knock = {},
): Promise<Knocked> =>
  knock(hub, method, path, {
    ...more,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...more.headers },
  });

/** Writes bytes to the hub's port and gives all that comes back until it closes. */
export function writeBytes(
  { url }: { url: string },
  bytes: string | Uint8Array,
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk) => chunks.push(chunk));
    // Cut off in the middle of what we write is an answer, too.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
  });
}
