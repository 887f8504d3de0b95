/** What a page may load. Strict: no inline script, no eval, no foreign origin. Styles may be inline: charts and Vue set them. */
export const CONTENT_POLICY: Record<string, string[]> = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:", "blob:"],
  "font-src": ["'self'"],
  "connect-src": ["'self'"],
  "media-src": ["'self'", "blob:"],
  "worker-src": ["'self'", "blob:"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
};

/** The same as a header's value. */
export const contentPolicy = (): string =>
  Object.entries(CONTENT_POLICY)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");

/** Of answers that are no pages, the hot door's and the sockets' among them: nothing in them runs, is framed or is kept. */
export const DATA_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
