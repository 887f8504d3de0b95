/**
 * Service worker of the phone page: the page's own files, so that it opens
 * without network. What the hub says is never kept here; everything but the
 * page and its files goes by as if no worker were there.
 */

/** The build writes the list here: it names every version of the files. */
const FILES = JSON.parse("__PHONE_FILES__") as string[];
const SHELL = "/m";
const PREFIX = "chengshu-phone-";
/** ms that a page waits for the network before the one at hand is shown. */
const PATIENCE = 3_000;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  request: Request;
  respondWith(reply: Promise<Response>): void;
}
const worker = self as unknown as {
  addEventListener(name: string, hear: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

const version = PREFIX + FILES.join(" ").length + "-" + hashOf(FILES.join());

worker.addEventListener("install", (event) =>
  event.waitUntil(
    caches
      .open(version)
      .then((cache) => cache.addAll([SHELL, ...FILES]))
      .then(() => worker.skipWaiting()),
  ),
);

worker.addEventListener("activate", (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith(PREFIX) && name !== version)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => worker.clients.claim()),
  ),
);

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === SHELL)
    event.respondWith(page(request));
  else if (FILES.includes(pathname)) event.respondWith(file(request));
});

/** The newest page, or the one at hand where the network is slow or away. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.match(SHELL);
  if (!kept) return fetch(request);
  const late = new Promise<Response>((done) =>
    setTimeout(() => done(kept), PATIENCE),
  );
  return Promise.race([fetch(request).catch(() => kept), late]);
}

/** Its name changes with what is in it. */
const file = async (request: Request): Promise<Response> =>
  (await caches.match(request)) ?? fetch(request);

function hashOf(text: string): string {
  let hash = 0;
  for (let i = 0; i < text.length; i++)
    hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash.toString(36);
}
