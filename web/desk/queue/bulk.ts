/** One step taken on several incidents, one after another: each stands for itself. */
import { ref, shallowRef } from "vue";
import type { QueueRow } from "../../../contract/incident.ts";
import type { StepName } from "../../../contract/step.ts";
import { useSentences } from "../../i18n/sentence.ts";
import { useLive } from "../../live/source.ts";

export interface Refused {
  id: string;
  number: string;
  title: string;
  why: string;
}

export function useBulk() {
  const live = useLive();
  const { sayCause } = useSentences();
  /** Null while nothing is under way or to be told. */
  const progress = shallowRef<{ done: number; of: number } | null>(null);
  const refused = shallowRef<readonly Refused[]>([]);
  const isRunning = ref(false);
  let isStopped = false;

  /** @returns ids of those on which it was taken */
  async function run(
    rows: readonly QueueRow[],
    step: StepName,
    body: object,
  ): Promise<string[]> {
    const taken: string[] = [];
    refused.value = [];
    isRunning.value = true;
    isStopped = false;
    for (const [i, row] of rows.entries()) {
      progress.value = { done: i, of: rows.length };
      if (isStopped) break;
      const { id, rev, number, title } = row;
      try {
        const asked = { step, body };
        await live.call("takeStep", { path: { id }, body: { rev, asked } });
        taken.push(id);
      } catch (cause) {
        const why = sayCause(cause as Error);
        refused.value = [...refused.value, { id, number, title, why }];
      }
    }
    progress.value = { done: taken.length, of: rows.length };
    isRunning.value = false;
    return taken;
  }

  return {
    ...{ progress, refused, isRunning, run },
    stop: () => void (isStopped = true),
    forget() {
      progress.value = null;
      refused.value = [];
    },
  };
}
