import { sees } from "../../../contract/data-scope.ts";
import type { IndicatorFlow } from "../../flow/indicators.ts";
import { contradictions } from "../../hub/indicators/catalogue.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { differences } from "../differences.ts";
import { hidden } from "../hidden.ts";
import { HttpProblem } from "../problem.ts";

export function indicatorHandlers(
  indicators: IndicatorFlow,
  store: Store,
  clock: Clock,
): Pick<Handlers, "listIndicators" | "editIndicator" | "indicatorHistory"> {
  return {
    listIndicators: () => ({ items: indicators.catalogue() }),

    async editIndicator({ params, body, who, witness }) {
      const before = indicators
        .catalogue()
        .find(({ id }) => id === params["id"]);
      const unknown = `there is no indicator ${params["id"]}`;
      if (!before) throw new HttpProblem(404, unknown);
      const object = `indicator/${before.id}`;
      // Its limits hold in every district.
      if (!sees(who.view, { departments: [before.owner], district: null }))
        throw hidden(unknown, object);
      const wanted = { ...before, ...body.change };
      // Judged before it is kept: what the engine refuses must never be stored.
      const wrong = contradictions(wanted);
      if (wrong.length > 0)
        throw new HttpProblem(422, `${before.id} cannot be so`, {
          errors: wrong.map(([path, message]) => ({
            path: `/change/${path}`,
            message,
          })),
        });
      if (body.rev !== before.rev)
        throw new HttpProblem(
          409,
          `${before.id} is no longer at rev ${body.rev}; it is at ${before.rev}`,
        );
      await witness({ object, ...differences(before, wanted) });
      const edited = await store.indicators.edit(
        wanted,
        body.rev,
        who.login,
        clock.now(),
      );
      if (!edited)
        throw new HttpProblem(
          409,
          `${before.id} was edited by somebody else at this moment`,
        );
      indicators.edited(edited);
      return edited;
    },

    async indicatorHistory({ params, query, who }) {
      const { scope, from, to, points } = query;
      const id = params["id"]!;
      const unknown = `there is no indicator ${id} of ${scope}`;
      if (!indicators.catalogue().some((one) => one.id === id))
        throw new HttpProblem(404, unknown);
      if (!indicators.sees(who.view)(id, scope))
        throw hidden(unknown, `indicator/${id}@${scope}`);
      const history = await store.indicators.history(
        id,
        scope,
        from,
        to,
        points,
      );
      return {
        at: history.map((point) => point.at),
        value: history.map((point) => point.value),
        state: history.map((point) => point.state),
      };
    },
  };
}
