/**
 * Stands in for a hotline's own system: it sends its cases to the centre and
 * takes back what becomes of them, as another vendor's program would. It keeps
 * what it was told by key, because a message may come more than once.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What the centre tells of a case. */
export interface Told {
  key: string;
  externalId: string;
  /** The case's number at the centre. */
  number: string;
  status: string;
  rev: number;
  /** What it was merged into, and how that one is now. */
  parent?: { number: string; status: string };
}

export interface HotlineDesk {
  /** Where it takes changes of status. */
  url: string;
  /** Shows what it took, the newest first. */
  page: string;
  /** In the order they came, each key once. */
  taken: Told[];
  /** Messages that came, those again too. */
  readonly came: number;
  /** How messages are signed; until it is known none is taken. */
  trust(secret: string): void;
  /** While it is away every message is answered with 503. */
  isAway: boolean;
  close(): Promise<void>;
}

const BIGGEST = 100_000;
/** Lines that its page shows. */
const SHOWN = 200;

/** As its own people read it: which case is how far at the centre. */
const listed = (taken: readonly Told[]): string =>
  [
    `12345：市城运中心回传 ${taken.length} 条`,
    ...taken
      .slice(-SHOWN)
      .reverse()
      .map(({ externalId, number, status, parent }) =>
        [
          ...[externalId, number, status],
          ...(parent ? [parent.number, parent.status] : []),
        ].join("\t"),
      ),
    "",
  ].join("\n");

export async function openHotlineDesk({ port = 0 } = {}): Promise<HotlineDesk> {
  const known = new Set<string>();
  const nonces = new Set<string>();
  let secret: string | null = null;
  let came = 0;

  function isSigned(request: IncomingMessage, body: Buffer): boolean {
    const header = (name: string) =>
      String(request.headers[`x-chengshu-${name}`] ?? "");
    const [timestamp, nonce] = [header("timestamp"), header("nonce")];
    if (secret === null || nonces.has(nonce)) return false;
    const due = createHmac("sha256", secret)
      .update(
        [
          ...[request.method, request.url, timestamp, nonce],
          createHash("sha256").update(body).digest("hex"),
        ].join("\n"),
      )
      .digest();
    const given = Buffer.from(
      header("signature").replace(/^sha256=/, ""),
      "hex",
    );
    if (given.length !== due.length || !timingSafeEqual(given, due))
      return false;
    nonces.add(nonce);
    return true;
  }

  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    let size = 0;
    if (request.method === "GET")
      return void answer
        .writeHead(200, { "content-type": "text/plain; charset=utf-8" })
        .end(listed(desk.taken));
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > BIGGEST) request.destroy();
      else chunks.push(chunk);
    });
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const say = (status: number) => void answer.writeHead(status).end();
      if (desk.isAway) return say(503);
      if (!isSigned(request, body)) return say(401);
      came++;
      const told = JSON.parse(body.toString()) as Told;
      if (request.headers["idempotency-key"] !== told.key) return say(400);
      if (!known.has(told.key)) desk.taken.push(told);
      known.add(told.key);
      say(200);
    });
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  const { port: taken } = server.address() as AddressInfo;

  const desk: HotlineDesk = {
    url: `http://127.0.0.1:${taken}/status?from=centre`,
    page: `http://127.0.0.1:${taken}/`,
    taken: [],
    get came() {
      return came;
    },
    trust: (given) => void (secret = given),
    isAway: false,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
  return desk;
}
