/** Where a sign-in leads to. Pure. */

/** What of the sign-in page's own address stays: the look that was chosen there. */
const LOOK = ["lang", "theme"];

/**
 * The address to go on to, whole: `next` where it is one of this site's own
 * pages, else the first page; who asked for nothing but the site has `/`. An
 * address that was planted by somebody else must not lead away from here.
 * @param here the sign-in page's own address
 * @param page the first page's path
 */
export function nextOf(next: unknown, here: URL, page: string): URL {
  const asked: unknown = Array.isArray(next) ? next[0] : next;
  const first = new URL(page, here);
  let to = first;
  if (typeof asked === "string" && asked.startsWith("/"))
    to = URL.parse(asked, here) ?? first;
  if (to.origin !== here.origin || ["/", here.pathname].includes(to.pathname))
    to = first;
  for (const name of LOOK) {
    const chosen = here.searchParams.get(name);
    if (chosen !== null) to.searchParams.set(name, chosen);
  }
  return to;
}
