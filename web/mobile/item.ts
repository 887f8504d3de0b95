import type { Problem } from "../../contract/door.ts";
import type { OwnReport } from "../../contract/incident.ts";
import type { Step } from "../../contract/step.ts";

/** `attachment`: its id, once it was sent. */
export interface Photo {
  blob: Blob;
  attachment: string | null;
}

/** A visit's result: the steps that a grid worker takes. */
export type VisitStep = Extract<Step, { step: "verified" | "check" }>;

export type Errand =
  | { kind: "report"; report: Omit<OwnReport, "key" | "photos" | "source"> }
  | {
      kind: "visit";
      incident: { id: string; number: string; title: string };
      rev: number;
      asked: VisitStep;
    };

/** Something that was done on the phone and goes to the hub when there is a network. */
export interface Item {
  /** The report's key: however often it is sent, the hub has it once. */
  id: string;
  /** Login of who did it: nobody else's session sends it. */
  login: string;
  at: number;
  errand: Errand;
  photos: Photo[];
  state: "waiting" | "sent" | "refused";
  /** Why it was refused. */
  problem: { message: string; problem: Problem | null } | null;
  /** What it became, or belongs to. */
  incident: { id: string; number: string } | null;
}
