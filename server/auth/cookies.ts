/** The cookies: a person's session, a paired wall, and a single sign-on that was begun. */

export interface Cookies {
  session: Cookie;
  device: Cookie;
  /** Comes along from the single sign-on's site: all others stay away then. */
  begun: Cookie;
}

export interface Cookie {
  /** The secret in a `Cookie` header, or null. */
  read(header: string | undefined): string | null;
  /** `Set-Cookie`. An empty secret takes it away; `life` in ms. */
  write(secret: string, life: number): string;
}

/**
 * @param secure does the browser reach us by HTTPS? Then the names begin with
 * `__Host-`: no neighbour under the same domain can set them
 */
export function createCookies(secure: boolean): Cookies {
  const cookie = (plain: string, site: "Strict" | "Lax"): Cookie => {
    const name = secure ? `__Host-${plain}` : plain;
    return {
      read(header) {
        for (const pair of header?.split(";") ?? []) {
          const [key, value] = pair.trim().split("=", 2);
          if (key === name && value) return value;
        }
        return null;
      },
      write: (secret, life) =>
        `${name}=${secret}; Path=/; HttpOnly; SameSite=${site}; Max-Age=${secret === "" ? 0 : Math.floor(life / 1000)}${secure ? "; Secure" : ""}`,
    };
  };
  return {
    session: cookie("chengshu", "Strict"),
    device: cookie("chengshu-wall", "Strict"),
    begun: cookie("chengshu-begun", "Lax"),
  };
}
