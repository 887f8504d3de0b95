/** The web app's files, pre-compressed at build time; hashed names are cached for ever. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import express, { type Express, type Request, type Response } from "express";

const ENCODINGS = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

/** @param dir folder of the built web app. */
export function mountWeb(app: Express, dir: string): void {
  // Read once: whoever asks for what is not there leaves no trace.
  const files = new Set(
    existsSync(dir)
      ? readdirSync(dir, { recursive: true, encoding: "utf8" })
      : [],
  );
  const has = (file: string) => files.has(file);

  app.use((request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    const path = decodePath(request.path);
    if (path === null) return next();
    for (const [encoding, ending] of ENCODINGS) {
      if (!request.acceptsEncodings(encoding)) continue;
      if (!has(path.slice(1) + ending)) continue;
      response.setHeader("content-encoding", encoding);
      response.setHeader("vary", "accept-encoding");
      response.type(path.slice(path.lastIndexOf(".")));
      request.url = path + ending;
      break;
    }
    next();
  });

  app.use(
    express.static(dir, {
      index: false,
      redirect: false,
      setHeaders: (response, file) =>
        response.setHeader(
          "cache-control",
          /[\\/]assets[\\/]/.test(file)
            ? "public, max-age=31536000, immutable"
            : "no-cache",
        ),
    }),
  );

  // Every address a person may type is the one page; the router finds its surface.
  app.get("/{*path}", (request: Request, response: Response, next) => {
    if (!request.accepts("html") || /\.\w+$/.test(request.path)) return next();
    // Without a callback: whoever goes away meanwhile is no failure of ours.
    response.set("cache-control", "no-cache").sendFile(join(dir, "index.html"));
  });
}

/** The path without escapes, or null where it leaves the folder or cannot be read. */
function decodePath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes("..") || decoded.includes("\0") ? null : decoded;
  } catch {
    return null;
  }
}
