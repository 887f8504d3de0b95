import {
  attachmentPath,
  OWN_ATTACHMENT,
} from "../../../contract/attachment.ts";
import type { Incident, OwnReport } from "../../../contract/incident.ts";
import { recognise } from "../../../contract/sentence.ts";
import { maskDeep, maskFor, maskIncident, maskText } from "../../auth/mask.ts";
import { incidentFor } from "../../auth/wall.ts";
import type { Principal } from "../../auth/principal.ts";
import { Conflict } from "../../flow/incident-steps.ts";
import { DESK, ReportRefusal } from "../../flow/incident-reports.ts";
import type { IncidentFlow } from "../../flow/incidents.ts";
import type { Actor } from "../../hub/incidents/held.ts";
import { StepRefusal } from "../../hub/incidents/refusal.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";
import type { Theirs } from "../theirs.ts";

export function incidentHandlers(
  flow: IncidentFlow,
  { incidents }: Pick<Store, "incidents">,
  theirs: Theirs,
): Pick<
  Handlers,
  | "listIncidents"
  | "getIncident"
  | "listOwnMatters"
  | "reportIncident"
  | "takeStep"
  | "getLikeness"
  | "revealIncident"
> {
  return {
    async listIncidents({ query: asked, who: { view } }) {
      const { status, open, supervised, search, ...rest } = asked;
      theirs.admitSource(rest);
      const page = await incidents.page({
        ...rest,
        ...(status && { statuses: status }),
        ...(open && { open: open === "true" }),
        ...(supervised && { supervised: supervised === "true" }),
        ...(search !== undefined && {
          search: { text: search, masking: view.masking },
        }),
        within: view,
      });
      const reporters = await incidents.reporters(
        page.items.map(({ incident }) => incident.id),
      );
      return {
        ...page,
        items: page.items.map((held) =>
          maskIncident(
            flow.told(held),
            reporters.get(held.incident.id) ?? null,
            view.masking,
          ),
        ),
      };
    },

    async getIncident({ params, who }) {
      const id = params["id"]!;
      const found = await theirs.get(id, who);
      const mask = maskFor(await theirs.reporterOf(id), who.view.masking);
      const all = await incidents.children(id);
      const children = all.filter((held) => theirs.isSeen(who, held));
      const into = found.incident.parent;
      const parent = into === null ? null : await incidents.get(into);
      return incidentFor(who.view, {
        incident: await theirs.shown(found, who),
        dossier: maskDeep(found.dossier, mask),
        clocks: flow.clocks(found),
        attachments: found.attachments.map(({ url, kind }) => ({
          url: url.startsWith(OWN_ATTACHMENT)
            ? attachmentPath(id, url.slice(OWN_ATTACHMENT.length))
            : url,
          kind,
        })),
        history: found.history.map((line) => ({
          ...line,
          detail: mask(line.detail),
          facts: maskDeep(line.facts, mask),
        })),
        areas: flow.areas(found),
        legal: flow.steps.legal(found, actorOf(who)),
        parent:
          parent && theirs.isSeen(who, parent)
            ? namedAs(await theirs.shown(parent, who))
            : null,
        // Each hides its own reporter.
        children: (await theirs.shownAll(children, who)).map(namedAs),
      });
    },

    async listOwnMatters({ query: { limit }, who }) {
      const found = await incidents.own({
        ...{ feed: DESK, prefix: who.subject, login: who.login, limit },
      });
      const theirOwn = found.filter(({ held }) => theirs.isSeen(who, held));
      const reporters = await incidents.reporters(
        theirOwn.map(({ held }) => held.incident.id),
      );
      return {
        items: theirOwn.map(({ held, ...own }) => {
          const { incident } = held;
          const shown = maskIncident(
            flow.told(held),
            reporters.get(incident.id) ?? null,
            who.view.masking,
          );
          const { id, number, title, address, status, rev } = shown;
          const { reportedAt, closedAt, handlers } = shown;
          return {
            ...{ id, number, title, address, status, rev },
            ...{ reportedAt, closedAt, handlers, ...own },
          };
        }),
      };
    },

    async reportIncident({ body, who, witness }) {
      const report = await judgeOwn(body, who);
      await witness({ object: "incident", detail: maskText(body.title) });
      return theirs.shown(await report(), who);
    },

    async takeStep({ params, body, who, witness }) {
      const id = params["id"]!;
      const found = await theirs.get(id, who);
      const { rev, asked } = body;
      try {
        const { held, undoUntil } = await flow.steps.take(
          found,
          { rev, step: asked },
          actorOf(who),
          {
            account: who.subject,
            see: (other) => otherOf(other, who),
            witness: (after) =>
              witness({
                object: `incident/${found.incident.number}`,
                detail: asked.step,
                ...(after.incident.status !== found.incident.status && {
                  before: { status: found.incident.status },
                  after: { status: after.incident.status },
                }),
              }),
          },
        );
        return { incident: await theirs.shown(held, who), undoUntil };
      } catch (error) {
        throw problemOf(error, `incident/${id}`);
      }
    },

    async getLikeness({ params, who }) {
      const found = await theirs.get(params["id"]!, who);
      const incident = await theirs.shown(found, who);
      const { view } = who;
      const mask = maskFor(null, view.masking);
      const { duplicates, ...suggested } = await flow.likeness.of(
        incident,
        view,
      );
      return {
        ...suggested,
        duplicates: duplicates.map((one) => ({
          ...one,
          title: mask(one.title),
        })),
      };
    },

    async revealIncident({ params, body, who, witness }) {
      const id = params["id"]!;
      const { incident } = await theirs.get(id, who);
      const reporter = await theirs.reporterOf(id);
      const { title, description, address } = incident;
      await witness({
        object: `incident/${id}`,
        detail: maskText(body.reason),
      });
      return { reporter, title, description, address };
    },
  };

  async function judgeOwn(body: OwnReport, who: Principal) {
    try {
      return await flow.judgeOwn(body, { ...actorOf(who), id: who.subject });
    } catch (error) {
      if (!(error instanceof ReportRefusal)) throw error;
      const { message, path } = error;
      // Feeds are told the same in English; here a person reads it.
      const sentence = recognise(message) ?? { message };
      throw new HttpProblem(422, sentence, { errors: [{ path, ...sentence }] });
    }
  }

  /** What a merge leads to, where it exists and is theirs. */
  async function otherOf(id: string, who: Principal) {
    const other = await incidents.get(id);
    return other && theirs.isSeen(who, other) ? other.incident : null;
  }
}

const namedAs = ({ id, number, title }: Incident) => ({ id, number, title });

const actorOf = ({ login, name, actions, view }: Principal): Actor => ({
  ...{ login, name, actions },
  ...{ departments: view.departments, districts: view.districts },
});

function problemOf(error: unknown, object: string): unknown {
  if (error instanceof Conflict) return new HttpProblem(409, error.sentence);
  if (!(error instanceof StepRefusal)) return error;
  const { sentence, path, isForbidden } = error;
  if (isForbidden)
    return new HttpProblem(403, sentence, {
      refused: { object, detail: sentence.message },
    });
  return path === ""
    ? new HttpProblem(422, sentence)
    : new HttpProblem(422, sentence, { errors: [{ path, ...sentence }] });
}
