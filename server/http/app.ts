/** The HTTP server: ingest door first, then Express with the contract's doors and the web app. */
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { timingSafeEqual } from "node:crypto";
import express, { type Request, type Response } from "express";
import helmet from "helmet";
import type { Auth } from "../auth/open.ts";
import type { Log } from "../lib/log.ts";
import { boundConnections, fullHouse, type Admits } from "./connections.ts";
import { createIngest, type IngestDoor } from "./ingest.ts";
import type { Metrics } from "./metrics.ts";
import { mountApi, type Handlers } from "./mount.ts";
import { openApi } from "./openapi.ts";
import { CONTENT_POLICY } from "./policy.ts";
import { HttpProblem, sendProblem } from "./problem.ts";
import { followReplies, type Replies } from "./replies.ts";
import { mountWeb } from "./static.ts";
import { mountProblems } from "./trouble.ts";

export interface Health {
  status: "ok" | "degraded";
  ready: boolean;
  uptimeS: number;
  store: string;
  feeds: Record<string, number>;
}

export function createApp(ask: {
  handlers: Handlers;
  auth: Pick<
    Auth,
    "who" | "whyNot" | "audit" | "refusals" | "sessions" | "acts"
  >;
  ingest: IngestDoor;
  metrics: Metrics;
  metricsToken: string | null;
  health: () => Health;
  version: string;
  webDir: string;
  trustProxy: boolean;
  publicUrl: string | null;
  secure: boolean;
  log: Log;
}): RequestListener {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", ask.trustProxy ? 1 : false);
  app.set("query parser", "simple");
  app.use(security(ask.secure));
  // Whatever does not say that it may be kept may not.
  app.use((_request, response, next) => {
    response.set("cache-control", "no-store");
    next();
  });

  app.get("/api/health", (_request: Request, response: Response) => {
    const { ready: _ready, ...health } = ask.health();
    response.json({ ...health, version: ask.version });
  });
  app.get("/api/ready", (_request: Request, response: Response) => {
    const { ready } = ask.health();
    response.status(ready ? 200 : 503).json({ ready });
  });
  app.get("/metrics", async (request: Request, response: Response) => {
    if (!mayScrape(request, ask.metricsToken))
      throw new HttpProblem(401, "metrics ask for METRICS_TOKEN as bearer");
    response
      .type(ask.metrics.registry.contentType)
      .send(await ask.metrics.registry.metrics());
  });
  const document = openApi(ask.version);
  app.get("/api/openapi.json", (_request: Request, response: Response) => {
    response.json(document);
  });

  mountApi(app, ask.handlers, {
    who: (request) => ask.auth.who(request.headers),
    whyNot: (request) => ask.auth.whyNot(request.headers),
    audit: ask.auth.audit,
    refusals: ask.auth.refusals,
    acts: ask.auth.acts,
    active: ask.auth.sessions.active,
    publicUrl: ask.publicUrl,
    log: ask.log,
  });
  mountWeb(app, ask.webDir);
  app.use(() => {
    throw new HttpProblem(404, "there is nothing here");
  });
  mountProblems(app, ask.log);

  const ingest = createIngest(ask.ingest);
  return (request, reply) => {
    if (!ingest(request, reply)) app(request, reply);
  };
}

export function createHttpServer(
  listener: RequestListener,
  {
    tls,
    ...bounds
  }: {
    tls: { cert: string; key: string } | null;
    most: number;
    perAddress: number;
  },
): { server: Server; admits: Admits; replies: Replies } {
  const server = tls
    ? createTlsServer({
        cert: readFileSync(tls.cert),
        key: readFileSync(tls.key),
      })
    : createServer();
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 60_000;
  const admits = boundConnections(server, bounds);
  const replies = followReplies(server, (request, reply) => {
    if (admits(request)) listener(request, reply);
    else sendProblem(reply, fullHouse());
  });
  return { server, admits, replies };
}

/** Without a token only the machine itself may look (bound to loopback by default). */
function mayScrape(request: Request, token: string | null): boolean {
  if (token === null) return /^(::1|(::ffff:)?127\.)/.test(request.ip ?? "");
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function security(secure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: CONTENT_POLICY,
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: secure ? { maxAge: 15_552_000 } : false,
    referrerPolicy: { policy: "no-referrer" },
  });
}
