/** Taking steps: one at a time, what came of it, and taking the newest back within its ten seconds. */
import {
  computed,
  inject,
  provide,
  ref,
  shallowRef,
  type InjectionKey,
} from "vue";
import type { Incident, LegalStep } from "../../../contract/incident.ts";
import type { StepName } from "../../../contract/step.ts";
import { CallError } from "../../live/call.ts";
import { useLive } from "../../live/source.ts";
import type { Draft } from "./steps/forms.ts";

/** A step, of which order and about which request. */
export type Asked = Pick<LegalStep, "step" | "order" | "request">;

export const keyOf = ({ step, order, request }: Asked): string =>
  [step, order ?? "", request ?? ""].join("-");

/** A step that was taken, as long as it is told of. */
export interface Taken {
  id: string;
  number: string;
  rev: number;
  step: StepName;
  /** Null where it may not be taken back. */
  undoUntil: number | null;
}

export interface Taking {
  /** @returns the incident after it, or what the hub has against it */
  take(
    of: Pick<Incident, "id" | "rev">,
    asked: Asked,
    fields?: Draft,
  ): Promise<Incident | CallError>;
  /** Takes the newest step back, where that is still possible. */
  undo(): Promise<void>;
  dismiss(): void;
  /** What was taken last; null when it was told long enough. */
  readonly taken: Taken | null;
  /** What was taken back last. */
  readonly undone: Taken | null;
  /** Why taking back, or a step without a form, did not succeed. */
  readonly trouble: CallError | null;
  readonly busy: boolean;
}

const key: InjectionKey<Taking> = Symbol("taking");

const errorOf = (cause: unknown): CallError =>
  cause instanceof CallError ? cause : new CallError(String(cause), 0, null);

/** Once in the pane; its parts use it. @param changed an incident was changed from here */
export function provideTaking(changed: (id: string) => void): Taking {
  const live = useLive();
  const taken = shallowRef<Taken | null>(null);
  const undone = shallowRef<Taken | null>(null);
  const trouble = shallowRef<CallError | null>(null);
  const busy = ref(false);

  async function ask(
    { id, rev }: Pick<Incident, "id" | "rev">,
    step: StepName,
    body: object,
  ) {
    busy.value = true;
    try {
      return await live.call("takeStep", {
        path: { id },
        body: { rev, asked: { step, body } },
      });
    } finally {
      busy.value = false;
      changed(id);
    }
  }

  function dismiss(): void {
    taken.value = undone.value = trouble.value = null;
  }

  const taking: Taking = {
    async take(of, { step, order, request }, fields = {}) {
      dismiss();
      const about = {
        ...(order !== null && { order }),
        ...(request !== null && { request }),
      };
      try {
        const { incident, undoUntil } = await ask(of, step, {
          ...fields,
          ...about,
        });
        const { id, number, rev } = incident;
        taken.value = { id, number, rev, step, undoUntil };
        return incident;
      } catch (cause) {
        return errorOf(cause);
      }
    },

    async undo() {
      const newest = taken.value;
      if (!newest || newest.undoUntil === null) return;
      dismiss();
      try {
        await ask(newest, "undo", {});
        undone.value = newest;
      } catch (cause) {
        trouble.value = errorOf(cause);
      }
    },

    dismiss,
    get taken() {
      return taken.value;
    },
    get undone() {
      return undone.value;
    },
    get trouble() {
      return trouble.value;
    },
    get busy() {
      return busy.value;
    },
  };
  provide(key, taking);
  return taking;
}

export function useTaking(): Taking {
  const taking = inject(key);
  if (!taking) throw new Error("no pane above this part takes steps");
  return taking;
}

/** A step that has a form is open; at most one. */
export function createOpenStep() {
  const open = shallowRef<{ asked: Asked; draft: Draft } | null>(null);
  return {
    open: computed(() => open.value),
    show: (asked: Asked, draft: Draft = {}) => {
      open.value = { asked, draft };
    },
    hide: () => {
      open.value = null;
    },
  };
}
