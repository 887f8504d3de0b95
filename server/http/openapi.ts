import { createDocument } from "zod-openapi";
import { z } from "zod";
import { api } from "../../contract/api.ts";
import { Problem, type Door } from "../../contract/door.ts";
import { IngestReply } from "../../contract/feed.ts";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: Problem } },
});

/** OpenAPI 3.1 of every door, made from the contract. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, unknown>> = {
    "/ingest/v1/{feedId}": { post: ingest },
  };
  for (const [name, door] of Object.entries(api as Record<string, Door>)) {
    const names = [...door.path.matchAll(/\{(\w+)\}/g)].map(([, id]) => id!);
    (paths[door.path] ??= {})[door.method.toLowerCase()] = {
      operationId: name,
      summary: door.summary,
      requestParams: {
        ...(names.length > 0 && {
          path: z.object(
            Object.fromEntries(names.map((id) => [id, z.string()])),
          ),
        }),
        ...(fields(door.query) && { query: door.query }),
      },
      ...(fields(door.body) && {
        requestBody: {
          content:
            door.bytes === undefined
              ? { "application/json": { schema: door.body } }
              : { "application/octet-stream": { schema: z.string() } },
        },
      }),
      responses: {
        200: {
          description: "As asked",
          content: { "application/json": { schema: door.reply } },
        },
        default: problem("Anything else"),
      },
      ...(door.permission === "public"
        ? { security: [] }
        : { "x-permission": door.permission }),
    };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Chengshu 城枢",
      version,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    security: [{ session: [] }],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "chengshu" },
        feedKey: { type: "http", scheme: "bearer" },
      },
    },
    paths,
  });
}

const fields = (schema: z.ZodType) =>
  !(schema instanceof z.ZodObject) || Object.keys(schema.shape).length > 0;

const ingest = {
  operationId: "ingest",
  summary: "Push a feed's data; answered only when it is durable",
  security: [{ feedKey: [] }],
  requestParams: { path: z.object({ feedId: z.string() }) },
  requestBody: {
    description: "In the feed's format, at most 8 MiB, gzip accepted",
    content: {
      "application/json": { schema: z.unknown() },
      "application/x-ndjson": { schema: z.string() },
      "application/cap+xml": { schema: z.string() },
      "text/csv": { schema: z.string() },
    },
  },
  responses: {
    200: {
      description: "Durable; items are judged one by one",
      content: { "application/json": { schema: IngestReply } },
    },
    401: problem("Bad key"),
    403: problem("Feed disabled"),
    413: problem("Over 8 MiB"),
    415: problem("Not the feed's media type"),
    422: problem("Not parseable at all; kept in quarantine"),
    429: problem("Over quota; see Retry-After"),
    503: problem("The store cannot write; see Retry-After"),
  },
};
