import type { Presence } from "../../flow/presence.ts";
import type { Handlers } from "../mount.ts";
import type { Theirs } from "../theirs.ts";

export function presenceHandlers(
  presence: Presence,
  theirs: Theirs,
): Pick<Handlers, "bePresent"> {
  return {
    async bePresent({ params, body, who }) {
      const held = await theirs.get(params["id"]!, who);
      const people = presence.say(
        { id: held.incident.id, whose: theirs.whoseOf(held) },
        { login: who.login, name: who.name },
        body.does,
      );
      return { people };
    },
  };
}
