import {
  MOST_PAST,
  type Alarm,
  type AlarmView,
  type PastAlarm,
} from "../../../contract/alarm.ts";
import { DAY } from "../../../contract/time.ts";
import { maskText } from "../../auth/mask.ts";
import { alarmFor } from "../../auth/wall.ts";
import type { Principal } from "../../auth/principal.ts";
import type { AlarmFlow } from "../../flow/alarms.ts";
import type { SeesIndicators } from "../../flow/indicator-rooms.ts";
import type { Clock } from "../../lib/clock.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

/** ms before now from which those that are over are told, unless it is said. */
const TOLD_FOR = 7 * DAY;

export function alarmHandlers(
  alarms: AlarmFlow,
  sees: SeesIndicators,
  clock: Clock,
): Pick<
  Handlers,
  "listAlarms" | "acknowledgeAlarm" | "shelveAlarm" | "unshelveAlarm"
> {
  const missing = (id: string) => `no alarm ${id} stands`;

  /** @throws 404 where none stands, and alike where it is not theirs */
  function theirs(id: string, who: Principal): void {
    const alarm = alarms.get(id);
    if (!alarm) throw new HttpProblem(404, missing(id));
    if (!sees(who.view)(alarm.indicator, alarm.scope))
      throw hidden(missing(id), `alarm/${id}`);
  }

  return {
    async listAlarms({ query, who }) {
      const from = query.from ?? clock.now() - TOLD_FOR;
      const isSeen = sees(who.view);
      const theirs = ({ indicator, scope }: Alarm) => isSeen(indicator, scope);
      const shown = <A extends Alarm>(alarm: A) => alarmFor(who.view, alarm);
      const past: (PastAlarm & AlarmView)[] = [];
      for await (const batch of alarms.past(from)) {
        past.push(...batch.filter(theirs));
        if (past.length > MOST_PAST) break;
      }
      return {
        standing: alarms.standing().filter(theirs).map(shown),
        past: past.slice(0, MOST_PAST).map(shown),
        more: past.length > MOST_PAST,
      };
    },

    async unshelveAlarm({ body: { id }, who, witness }) {
      theirs(id, who);
      await witness({ object: `alarm/${id}` });
      const alarm = await alarms.unshelve(id, who);
      if (!alarm) throw new HttpProblem(404, missing(id));
      return alarm;
    },

    async acknowledgeAlarm({ body, who, witness }) {
      const { id } = body;
      theirs(id, who);
      // Every wall shows it, and nobody needs it otherwise.
      const comment = maskText(body.comment);
      await witness({ object: `alarm/${id}`, detail: comment });
      const alarm = await alarms.acknowledge(id, who, comment);
      if (!alarm) throw new HttpProblem(404, missing(id));
      return alarm;
    },

    async shelveAlarm({ body: { id, for: ms, reason }, who, witness }) {
      theirs(id, who);
      await witness({ object: `alarm/${id}`, detail: maskText(reason) });
      const until = clock.now() + ms;
      const alarm = await alarms.shelve(id, who, { until, reason });
      if (!alarm) throw new HttpProblem(404, missing(id));
      return alarm;
    },
  };
}
