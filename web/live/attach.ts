import type { Call } from "./call.ts";

/** Sends a picture, to be named by a step. @returns its id @throws CallError */
export async function attach(call: Call, blob: Blob): Promise<string> {
  const body = new Uint8Array(await blob.arrayBuffer());
  return (await call("putAttachment", { body })).id;
}
