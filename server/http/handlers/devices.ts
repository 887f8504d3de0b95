import { covers, type DataScope } from "../../../contract/data-scope.ts";
import { say, type Sentence } from "../../../contract/sentence.ts";
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
    const stranger = (
      codes: readonly string[] | null | undefined,
      rows: { code: string }[],
    ) => codes?.find((code) => rows.every((row) => row.code !== code));
    const screen = given.screens?.find((id) => !screens.has(id));
    if (screen !== undefined)
      throw unknown("screens", say("noScreen", { screen }));
    const department = stranger(given.scope?.departments, pack.departments);
    if (department !== undefined)
      throw unknown("scope/departments", say("noDepartment", { department }));
    const district = stranger(given.scope?.districts, pack.districts);
    if (district !== undefined)
      throw unknown("scope/districts", say("noDistrict", { district }));
    if (given.scope && !covers(who.view, given.scope))
      throw new HttpProblem(403, say("wallShowsMore"), {
        errors: [{ path: "/body/scope", ...say("beyondOwn") }],
      });
  }

  const seenBy = ({ view }: Principal) =>
    devices.list().filter(({ scope }) => covers(view, scope));

  /** @throws HttpProblem 404 where the wall shows more than the caller sees */
  function expectSeen(who: Principal, id: string): void {
    const found = devices.list().some((device) => device.id === id);
    if (found && !seenBy(who).some((device) => device.id === id))
      throw hidden(say("noWall", { id }), `device/${id}`);
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

const unknown = (path: string, sentence: Sentence) =>
  new HttpProblem(422, sentence, {
    errors: [{ path: `/body/${path}`, ...sentence }],
  });
