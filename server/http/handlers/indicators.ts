import type { IndicatorFlow } from "../../flow/indicators.ts";
import { contradictions } from "../../hub/indicators/catalogue.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function indicatorHandlers(
  indicators: IndicatorFlow,
  store: Store,
  clock: Clock,
): Pick<Handlers, "listIndicators" | "editIndicator" | "indicatorHistory"> {
  return {
    listIndicators: () => ({ items: indicators.catalogue() }),

    async editIndicator({ params, body, session }) {
      const before = indicators
        .catalogue()
        .find(({ id }) => id === params["id"]);
      if (!before)
        throw new HttpProblem(404, `there is no indicator ${params["id"]}`);
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
      const edited = await store.indicators.edit(
        wanted,
        body.rev,
        session!.role,
        clock.now(),
      );
      if (!edited)
        throw new HttpProblem(
          409,
          `${before.id} is no longer at rev ${body.rev}; it is at ${before.rev}`,
        );
      indicators.edited(edited);
      return edited;
    },

    async indicatorHistory({ params, query }) {
      const { scope, from, to, points } = query;
      const history = await store.indicators.history(
        params["id"]!,
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
