/** What the staff reads of an incident at the hub's doors: as much as it decides by. */
import type { StaffRole } from "../city/accounts.ts";

export interface Listed {
  id: string;
  number: string;
  /** Whose report it is; `desk` = somebody entered it by hand. */
  feed: string;
  externalId: string;
  source: string;
  category: string | null;
  matterClass: string;
  status: string;
  lng: number | null;
  address: string;
  historic: boolean;
  parent: string | null;
  rev: number;
  returns: number;
  reworks: number;
  urges: number;
}

/** An answer of `GET /api/incidents/{id}`. Times are epoch ms. */
export interface Matter {
  incident: Listed;
  dossier: {
    isTaken: boolean;
    orders: {
      no: number;
      department: string;
      isLead: boolean;
      status: string;
    }[];
    requests: {
      no: number;
      kind: string;
      state: string;
      suggested: string | null;
    }[];
    visits: { kind: string; result: string | null }[];
    instructions: { no: number; answer: object | null }[];
    unreached?: number;
    extensions: number;
    /** Its sender tells its course itself. */
    elsewhere?: object;
    /** An algorithm saw it. */
    sighting?: object;
  };
  history: { at: number; who: string }[];
}

/** A step that somebody of the staff takes, once it is time (epoch ms). */
export interface Move {
  by: StaffRole;
  step: string;
  body: Record<string, unknown>;
  at: number;
}
