import { isWholeCity, sees } from "../../../contract/data-scope.ts";
import type { DutyEntry, HandOver, ShiftKey } from "../../../contract/duty.ts";
import { say } from "../../../contract/sentence.ts";
import { maskDeep, maskFor, maskText } from "../../auth/mask.ts";
import type { Principal } from "../../auth/principal.ts";
import { DutyRefusal } from "../../flow/duty-refusal.ts";
import type { DutyFlow } from "../../flow/duty.ts";
import type { IncidentFlow } from "../../flow/incidents.ts";
import type { Store } from "../../store/store.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

const STATUS = { missing: 404, forbidden: 403, conflict: 409, wrong: 422 };

export function dutyHandlers(
  flow: DutyFlow,
  incidents: Pick<IncidentFlow, "told">,
  store: Pick<Store, "duty" | "incidents">,
): Pick<
  Handlers,
  | "getDuty"
  | "listDutyLog"
  | "addDutyEntry"
  | "shiftSummary"
  | "listHandOvers"
  | "handOver"
  | "receiveHandOver"
> {
  /** Where an entry says which incident it is about. */
  async function incidentOf(number: string | null, { view }: Principal) {
    if (number === null) return null;
    const id = await store.incidents.numbered(number);
    const held = id === null ? null : await store.incidents.get(id);
    const told = held && incidents.told(held);
    if (!told || !sees(view, told)) throw wrongNumber(number);
    return { id: told.id, number: told.number };
  }

  const shownEntry = (entry: DutyEntry, { view }: Principal): DutyEntry => {
    const mask = maskFor(null, view.masking);
    return { ...entry, text: mask(entry.text), place: mask(entry.place) };
  };

  const shownHandOver = (given: HandOver, { view }: Principal): HandOver => {
    const mask = maskFor(null, view.masking);
    const { comment, remarks, summary } = given;
    return {
      ...{ ...given, comment: mask(comment), remarks: mask(remarks) },
      summary: {
        ...summary,
        matters: maskDeep(summary.matters, mask),
      },
    };
  };

  return {
    getDuty: ({ who }) => flow.now(!who.actions.has("keepDuty")),

    async listDutyLog({ query, who }) {
      // The log is the city centre's; a district's own will be another.
      if (!isWholeCity(who.view)) return { items: [], cursor: null };
      const page = await store.duty.log(query);
      return {
        ...page,
        items: page.items.map((entry) => shownEntry(entry, who)),
      };
    },

    async addDutyEntry({ body, who, witness }) {
      centreOnly(who, "dutyEntry");
      const incident = await incidentOf(body.incident, who);
      const kept = await answered(
        flow.add({ ...body, incident }, who, (object) =>
          witness({ object, detail: maskText(body.text) }),
        ),
      );
      return shownEntry(kept, who);
    },

    async shiftSummary({ query, who }) {
      const { date, shift } = query;
      const of: ShiftKey | null =
        date === undefined || shift === undefined ? null : { date, shift };
      const summary = await answered(flow.summary(of, who.view));
      const mask = maskFor(null, who.view.masking);
      return { ...summary, matters: maskDeep(summary.matters, mask) };
    },

    async listHandOvers({ query, who }) {
      if (!isWholeCity(who.view)) return { items: [], cursor: null };
      const page = await store.duty.handOvers(query);
      return {
        ...page,
        items: page.items.map((given) => shownHandOver(given, who)),
      };
    },

    async handOver({ body, who, witness }) {
      centreOnly(who, "shift");
      const given = await answered(
        flow.handOver(body, who, {
          within: who.view,
          witness: (object) =>
            witness({ object, detail: maskText(body.comment) }),
        }),
      );
      return shownHandOver(given, who);
    },

    async receiveHandOver({ params, body, who, witness }) {
      const id = params["id"]!;
      // Whoever sees less than the city sees no hand-over.
      if (!isWholeCity(who.view))
        throw hidden(say("noHandOver", { id }), "shift");
      const kept = await answered(
        flow.receive(id, body.remarks, {
          by: who,
          witness: (object) =>
            witness({ object, detail: maskText(body.remarks) }),
        }),
      );
      return shownHandOver(kept, who);
    },
  };
}

function wrongNumber(number: string): HttpProblem {
  const sentence = say("incidentMissing", { id: number });
  return new HttpProblem(422, sentence, {
    errors: [{ path: "/body/incident", ...sentence }],
  });
}

/** @throws 403 for whoever sees less than the city */
export function centreOnly({ view }: Principal, object: string): void {
  if (isWholeCity(view)) return;
  const sentence = say("dutyOfCity");
  throw new HttpProblem(403, sentence, {
    refused: { object, detail: sentence.message },
  });
}

/** @throws HttpProblem in the place of a DutyRefusal */
export const answered = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (!(error instanceof DutyRefusal)) throw error;
    const { why, sentence, path } = error;
    throw new HttpProblem(STATUS[why], sentence, {
      ...(path !== null && { errors: [{ path, ...sentence }] }),
    });
  });
