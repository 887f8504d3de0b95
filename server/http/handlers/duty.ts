import { sees } from "../../../contract/data-scope.ts";
import type { DutyEntry, HandOver, ShiftKey } from "../../../contract/duty.ts";
import { say } from "../../../contract/sentence.ts";
import { maskDeep, maskFor, maskText } from "../../auth/mask.ts";
import { dutyFor } from "../../auth/wall.ts";
import type { Principal } from "../../auth/principal.ts";
import { DutyRefusal } from "../../flow/duty-refusal.ts";
import type { DutiesFlow } from "../../flow/duties.ts";
import type { IncidentFlow } from "../../flow/incidents.ts";
import { isOwn, isRead, scopeOf } from "../../hub/duty/centres.ts";
import type { Store } from "../../store/store.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";
import { centreOf, ownCentreOf } from "./duty-centre.ts";

const STATUS = { missing: 404, forbidden: 403, conflict: 409, wrong: 422 };

export function dutyHandlers(
  duties: DutiesFlow,
  incidents: Pick<IncidentFlow, "told">,
  store: Pick<Store, "duty" | "incidents">,
): Pick<
  Handlers,
  | "getDuty"
  | "listDutyCentres"
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
    getDuty: ({ query, who }) =>
      dutyFor(
        who.view,
        centreOf(duties, who, query.centre).duty.now(
          !who.actions.has("keepDuty"),
        ),
      ),

    listDutyCentres({ who: { view } }) {
      const items = duties.all
        .filter(({ centre }) => isRead(view, centre))
        .map(({ centre }) => ({
          code: centre?.code ?? null,
          isOwn: isOwn(view, centre),
        }));
      return { items: items.sort((a, b) => Number(b.isOwn) - Number(a.isOwn)) };
    },

    async listDutyLog({ query: { centre: named, ...query }, who }) {
      const { centre } = centreOf(duties, who, named);
      // They have no centre of their own, and the log is the city's.
      if (!isRead(who.view, centre)) return { items: [], cursor: null };
      const page = await store.duty.of(centre?.code ?? null).log(query);
      return {
        ...page,
        items: page.items.map((entry) => shownEntry(entry, who)),
      };
    },

    async addDutyEntry({ query, body, who, witness }) {
      const { duty } = ownCentreOf(duties, who, {
        ...{ named: query.centre, object: "dutyEntry" },
      });
      const incident = await incidentOf(body.incident, who);
      const kept = await answered(
        duty.add({ ...body, incident }, who, (object) =>
          witness({ object, detail: maskText(body.text) }),
        ),
      );
      return shownEntry(kept, who);
    },

    async shiftSummary({ query, who }) {
      const { date, shift } = query;
      const { centre, duty } = centreOf(duties, who, query.centre);
      const of: ShiftKey | null =
        date === undefined || shift === undefined ? null : { date, shift };
      const summary = await answered(
        duty.summary(of, isRead(who.view, centre) ? scopeOf(centre) : who.view),
      );
      const mask = maskFor(null, who.view.masking);
      return { ...summary, matters: maskDeep(summary.matters, mask) };
    },

    async listHandOvers({ query: { centre: named, ...query }, who }) {
      const { centre } = centreOf(duties, who, named);
      if (!isRead(who.view, centre)) return { items: [], cursor: null };
      const page = await store.duty.of(centre?.code ?? null).handOvers(query);
      return {
        ...page,
        items: page.items.map((given) => shownHandOver(given, who)),
      };
    },

    async handOver({ query, body, who, witness }) {
      const { duty } = ownCentreOf(duties, who, {
        ...{ named: query.centre, object: "shift" },
      });
      const given = await answered(
        duty.handOver(body, who, (object) =>
          witness({ object, detail: maskText(body.comment) }),
        ),
      );
      return shownHandOver(given, who);
    },

    async receiveHandOver({ params, query, body, who, witness }) {
      const id = params["id"]!;
      const { centre, duty } = centreOf(duties, who, query.centre);
      // Whoever does not keep it sees no hand-over to receive.
      if (!isOwn(who.view, centre))
        throw hidden(say("noHandOver", { id }), "shift");
      const kept = await answered(
        duty.receive(id, body.remarks, {
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

/** @throws HttpProblem in the place of a DutyRefusal */
export const answered = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (!(error instanceof DutyRefusal)) throw error;
    const { why, sentence, path } = error;
    throw new HttpProblem(STATUS[why], sentence, {
      ...(path !== null && { errors: [{ path, ...sentence }] }),
    });
  });
