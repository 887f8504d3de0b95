import { covers, type DataScope } from "../../../contract/data-scope.ts";
import { DEVICE_COOKIE_FOR } from "../../auth/devices.ts";
import type { Auth } from "../../auth/open.ts";
import type { Principal } from "../../auth/principal.ts";
import type { CityPack } from "../../city/pack.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";
import { aboutOf, countTry } from "./session.ts";

export function deviceHandlers(ask: {
  auth: Auth;
  pack: CityPack;
  screens: ReadonlyMap<string, unknown>;
}): Pick<
  Handlers,
  | "requestPairing"
  | "claimPairing"
  | "listDevices"
  | "approveDevice"
  | "editDevice"
  | "revokeDevice"
> {
  const { auth, pack, screens } = ask;
  const { devices, cookies } = auth;

  /** A wall is given what there is, and nobody looks by a wall at what is not his to see. */
  function judge(
    who: Principal,
    given: {
      screens?: string[] | undefined;
      scope?: DataScope | undefined;
    },
  ): void {
    const known = (all: { code: string }[]) => all.map(({ code }) => code);
    const { departments = null, districts = null } = given.scope ?? {};
    for (const [path, codes, all] of [
      ["screens", given.screens ?? null, [...screens.keys()]],
      ["scope/departments", departments, known(pack.departments)],
      ["scope/districts", districts, known(pack.districts)],
    ] as const)
      for (const code of codes ?? [])
        if (!all.includes(code))
          throw new HttpProblem(422, `there is no ${code}`, {
            errors: [{ path: `/body/${path}`, message: `no ${code} is known` }],
          });
    if (given.scope && !covers(who.view, given.scope))
      throw new HttpProblem(403, "a wall may not show more than you may see", {
        errors: [{ path: "/body/scope", message: "reaches beyond your own" }],
      });
  }

  const seenBy = ({ view }: Principal) =>
    devices.list().filter(({ scope }) => covers(view, scope));

  /** @throws HttpProblem 404 where the wall shows more than the caller sees */
  function expectSeen(who: Principal, id: string): void {
    const found = devices.list().some((device) => device.id === id);
    if (found && !seenBy(who).some((device) => device.id === id))
      throw hidden(`there is no wall ${id}`, `device/${id}`);
  }

  return {
    requestPairing({ request }) {
      countTry(auth, request);
      return devices.request(aboutOf(request));
    },

    claimPairing({ body, response }) {
      const { token, ...answer } = devices.claim(body.secret);
      if (token !== null)
        response.setHeader(
          "set-cookie",
          cookies.device.write(token, DEVICE_COOKIE_FOR),
        );
      return answer;
    },

    listDevices: ({ who }) => ({ items: seenBy(who) }),

    approveDevice({ body, who, witness }) {
      judge(who, body);
      const { code: _code, ...after } = body;
      return devices.approve({ ...body, by: who.login }, (object) =>
        witness({ object, after }),
      );
    },

    editDevice({ params, body, who, witness }) {
      const id = params["id"]!;
      expectSeen(who, id);
      judge(who, body);
      return devices.edit(id, body, (before) =>
        witness({ object: `device/${id}`, before, after: body }),
      );
    },

    revokeDevice({ params, who, witness }) {
      const id = params["id"]!;
      expectSeen(who, id);
      return devices.revoke(id, (before) =>
        witness({ object: `device/${id}`, before }),
      );
    },
  };
}
