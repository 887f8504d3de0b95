/** Attachments as pages send them. */
import type { Problem } from "../../contract/door.ts";
import type { Attachment } from "../../contract/attachment.ts";
import type { Hub } from "./hub.ts";

export async function attach(
  hub: Pick<Hub, "url">,
  cookie: string | null,
  bytes: Uint8Array<ArrayBuffer>,
  type = "application/octet-stream",
): Promise<{ status: number; body: Attachment & Problem }> {
  const reply = await fetch(`${hub.url}/api/attachments`, {
    ...{ method: "POST", body: bytes },
    headers: { "content-type": type, ...(cookie !== null && { cookie }) },
  });
  return {
    status: reply.status,
    body: (await reply.json()) as Attachment & Problem,
  };
}
