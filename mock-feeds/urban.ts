import { times } from "./world/chance.ts";
import { createRandom } from "./city/random.ts";
import type { PlaceKind } from "./city/types.ts";
import { defineDepartment, type Moment, type Scene } from "./department.ts";
import {
  closedAfter,
  createCourse,
  LONGEST_COURSE,
  phaseAt,
  type Phase,
} from "./content/course.ts";
import { createGazetteer } from "./content/whereabouts.ts";
import { isoIn } from "./world/zone.ts";

/** 数字城管: a case system of its own, which tells at which stage each case is and until when. */

const MINUTE = 60_000;
/** Cases of an hour at night, and so many more when the whole city is awake. */
const PER_HOUR = { night: 5, day: 9 };
/** Where inspectors go. */
const ROUNDS: readonly PlaceKind[] = ["estate", "market", "construction"];

export const urban = defineDepartment({
  id: "urban",
  nameZh: "数字城管",
  duties: (scene) => [
    { feed: "urban-cases", every: 1000, report: cases(scene) },
  ],
});

interface Case {
  at: number;
  course: Phase[];
  department: string;
  report: Record<string, unknown>;
  /** What the centre knows. */
  told: Phase | null;
}

/**
 * A case is drawn from the seed and the minute it is of, with its whole course:
 * a system that was restarted tells the same cases, as far as they are by then.
 */
function cases({ city, world, seed }: Scene): (moment: Moment) => unknown[] {
  const gazetteer = createGazetteer(city);
  const kinds = city.categories.filter(
    ({ domain, parent }) => domain === "urban" && parent !== null,
  );
  let next: number | null = null;
  let open: Case[] = [];

  function ofMinute(from: number): Case[] {
    const random = createRandom(seed, `urban/${from / MINUTE}`);
    const rate = PER_HOUR.night + PER_HOUR.day * world.bustle(from);
    return Array.from({ length: times(random, rate / 60) }, (_, n): Case => {
      const at = from + random.next() * MINUTE;
      const day = isoIn(city.timeZone, at).slice(0, 16).replace(/\D/g, "");
      const kind = random.pick(kinds);
      const place = gazetteer.anywhere(random, ROUNDS);
      return {
        ...{ at, department: kind.department, told: null },
        course: createCourse(random),
        report: {
          externalId: `CG${day}${String(n).padStart(2, "0")}`,
          ...{ source: "gridReport", category: kind.code },
          title: `${place.road}${kind.nameZh}`,
          description: `采集员巡查发现${place.place}附近${kind.nameZh}问题,已按规范上报。`,
          ...{ level: kind.priority, address: place.address },
          ...{ lng: place.at[0], lat: place.at[1] },
        },
      };
    });
  }

  return ({ time, wall }) => {
    next ??= Math.floor((time - LONGEST_COURSE) / MINUTE) * MINUTE;
    for (; next <= time; next += MINUTE) open.push(...ofMinute(next));
    const iso = (at: number) => isoIn(city.timeZone, Math.round(wall(at)));
    const said: unknown[] = [];
    for (const one of open) {
      if (one.at > time) continue;
      const phase = phaseAt(one.course, time - one.at);
      if (phase === one.told) continue;
      one.told = phase;
      const over = one.at + closedAfter(one.course);
      said.push({
        ...{ ...one.report, ...phase.said, reportedAt: iso(one.at) },
        ...(phase.isSent && { department: one.department }),
        ...(phase.due && {
          deadlines: { [phase.due.stage]: iso(one.at + phase.due.by) },
        }),
        ...(over <= time && { closedAt: iso(over) }),
      });
    }
    open = open.filter(({ told, course }) => told !== course.at(-1));
    return said;
  };
}
