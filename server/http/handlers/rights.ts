import { halfLinkTo } from "../../../contract/link.ts";
import type { Auth } from "../../auth/open.ts";
import type { Handlers } from "../mount.ts";

export function rightsHandlers({
  auth: { rights, roles, policy },
  url,
}: {
  auth: Auth;
  url: () => string;
}): Pick<
  Handlers,
  | "listRoles"
  | "listChanges"
  | "requestChange"
  | "confirmChange"
  | "refuseChange"
  | "getPolicy"
> {
  return {
    listRoles: () => ({ items: roles.all() }),
    listChanges: ({ query, who }) =>
      rights.page(
        {
          limit: query.limit,
          ...(query.state !== undefined && { state: query.state }),
          ...(query.cursor !== undefined && { cursor: query.cursor }),
        },
        who,
      ),
    requestChange: ({ body, who, witness }) =>
      rights.ask(who, body.change, body.reason, witness),
    async confirmChange({ params, who, witness }) {
      const { request, link } = await rights.confirm(
        who,
        ...([params["id"]!, witness] as const),
      );
      return {
        request,
        link: link && {
          ...{ url: halfLinkTo(url(), link.rest), until: link.until },
        },
      };
    },
    refuseChange: ({ params, body, who, witness }) =>
      rights.refuse(who, params["id"]!, body.reason, witness),
    getPolicy: () => policy.now(),
  };
}
