import {
  AttachmentId,
  OWN_ATTACHMENT,
  type AttachmentType,
} from "../../../contract/attachment.ts";
import { say } from "../../../contract/sentence.ts";
import type { AttachmentFlow } from "../../flow/attachments.ts";
import type { StoredIncident } from "../../store/store.ts";
import { RawReply, type Handlers } from "../mount.ts";
import { DATA_HEADERS } from "../policy.ts";
import { HttpProblem } from "../problem.ts";
import type { Theirs } from "../theirs.ts";

/** As a file is called that somebody keeps. */
const ENDINGS: Record<AttachmentType, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/heic": "heic",
  "video/mp4": "mp4",
  "audio/mp4": "m4a",
};

export function attachmentHandlers(
  attachments: AttachmentFlow,
  theirs: Pick<Theirs, "get">,
): Pick<Handlers, "putAttachment" | "getAttachment"> {
  return {
    async putAttachment({ body, who, witness }) {
      const { type, keep } = await attachments.judge(body, who.subject);
      await witness({ object: "attachment", detail: type });
      return keep();
    },

    async getAttachment({ params, who }) {
      const id = params["id"]!;
      const name = params["name"]!;
      const found = await theirs.get(id, who);
      // Its own record decides, not the path: no other incident's can be named, nor a file beside them.
      const kept =
        AttachmentId.safeParse(name).success && namesOf(found).has(name)
          ? await attachments.find(name)
          : null;
      if (!kept)
        throw new HttpProblem(404, say("noAttachment", { attachment: name }));
      const { type, folder, file } = kept;
      const called = `${found.incident.number}-${name.slice(0, 8)}.${ENDINGS[type]}`;
      // Few browsers draw HEIC.
      const how = type === "image/heic" ? "attachment" : "inline";
      return new RawReply((response) =>
        // It may be asked for by ranges: Safari plays no video otherwise.
        response.set(DATA_HEADERS).sendFile(file, {
          root: folder,
          cacheControl: false,
          lastModified: false,
          headers: {
            "content-type": type,
            "content-disposition": `${how}; filename="${called}"`,
          },
        }),
      );
    },
  };
}

/** What an incident names: in its report, in what was done with it, and in its dossier, whose photos came with steps. */
function namesOf({ attachments, history }: StoredIncident): Set<string> {
  const names = new Set(
    attachments
      .filter(({ url }) => url.startsWith(OWN_ATTACHMENT))
      .map(({ url }) => url.slice(OWN_ATTACHMENT.length)),
  );
  for (const { facts } of history)
    if (Array.isArray(facts["photos"]))
      for (const photo of facts["photos"]) names.add(String(photo));
  return names;
}
