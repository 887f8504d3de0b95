import { maskText } from "../../auth/mask.ts";
import type { Principal } from "../../auth/principal.ts";
import type { AlarmFlow } from "../../flow/alarms.ts";
import type { SeesIndicators } from "../../flow/indicator-rooms.ts";
import type { Clock } from "../../lib/clock.ts";
import { hidden } from "../hidden.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function alarmHandlers(
  alarms: AlarmFlow,
  sees: SeesIndicators,
  clock: Clock,
): Pick<Handlers, "acknowledgeAlarm" | "shelveAlarm"> {
  const missing = (id: string) => `no alarm ${id} stands`;

  /** @throws 404 where none stands, and alike where it is not theirs */
  function theirs(id: string, who: Principal): void {
    const alarm = alarms.get(id);
    if (!alarm) throw new HttpProblem(404, missing(id));
    if (!sees(who.view)(alarm.indicator, alarm.scope))
      throw hidden(missing(id), `alarm/${id}`);
  }

  return {
    async acknowledgeAlarm({ body: { id, comment }, who, witness }) {
      theirs(id, who);
      await witness({ object: `alarm/${id}`, detail: maskText(comment) });
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
