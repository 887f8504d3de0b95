import { computed, ref } from "vue";
import type { Call } from "./call.ts";
import { useLive } from "./source.ts";

/** Sends a picture, to be named by a step. @returns its id @throws CallError */
export async function attach(call: Call, blob: Blob): Promise<string> {
  const body = new Uint8Array(await blob.arrayBuffer());
  return (await call("putAttachment", { body })).id;
}

/** Pictures of one form, sent one after another; one that was sent is not sent again. */
export function useAttaching() {
  const live = useLive();
  const sent = new WeakMap<Blob, string>();
  const at = ref(0);
  const of = ref(0);
  return {
    /** Which of how many is on its way; null = none. */
    progress: computed(() =>
      at.value > 0 ? { n: at.value, of: of.value } : null,
    ),
    /** @returns their ids, in order @throws CallError */
    async send(blobs: readonly Blob[]): Promise<string[]> {
      of.value = blobs.length;
      try {
        const ids: string[] = [];
        for (const [i, blob] of blobs.entries()) {
          at.value = i + 1;
          const id = sent.get(blob) ?? (await attach(live.call, blob));
          sent.set(blob, id);
          ids.push(id);
        }
        return ids;
      } finally {
        at.value = 0;
      }
    },
  };
}
