import { times } from "./world/chance.ts";
import type { Random } from "./city/random.ts";
import type { Position } from "./city/types.ts";
import { defineDepartment, type Scene } from "./department.ts";
import {
  createIncidentStream,
  handlingTime,
  type Happening,
} from "./content/incidents.ts";
import { MATTERS, STORM_MATTERS, type Matter } from "./content/matters.ts";
import { caller } from "./content/people.ts";
import { createGazetteer, type Whereabouts } from "./content/whereabouts.ts";
import { isoIn } from "./world/zone.ts";

/** 12345: citizens' calls that need someone to act, as a webhook of incidents. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Calls that become an incident in an hour, when the whole city is awake. */
const PER_HOUR = 150;
/** … and in a minute of the storm's worst. */
const STORM_PER_MINUTE = 14;
const HANDLED_WITHIN = 2.5 * HOUR;

export const hotline = defineDepartment({
  id: "hotline",
  nameZh: "12345热线",
  duties: (scene) => [
    { feed: "hotline-12345", every: 1000, report: calls(scene) },
  ],
});

function calls({ city, world, seed }: Scene) {
  const gazetteer = createGazetteer(city);
  const codes = new Map(
    city.categories.map(({ nameZh, code }) => [nameZh, code]),
  );
  const low = city.roads.underpasses.toSorted((a, b) => b.risk - a.risk);

  function call(
    random: Random,
    at: number,
    matter: Matter,
    place: Whereabouts,
    n: number,
    handled: number,
  ): Happening {
    const day = isoIn(city.timeZone, at).slice(0, 16).replace(/\D/g, "");
    const code = codes.get(matter.category);
    const fill = (text: string) =>
      text.replace(/\{(road|place|community|town)\}/g, (_, word: string) =>
        String(place[word as "road"]),
      );
    return {
      at,
      endsAt: at + handlingTime(random, handled),
      report: {
        externalId: `HL${day}${String(n).padStart(2, "0")}`,
        source: "hotline12345",
        ...(code && { category: code }),
        title: fill(matter.title),
        description: fill(random.pick(matter.texts)),
        ...(matter.level && { level: matter.level }),
        lng: place.at[0],
        lat: place.at[1],
        address: place.address,
        reporter: caller(random),
      },
    };
  }

  return createIncidentStream({
    seed,
    name: "hotline",
    timeZone: city.timeZone,
    minute(random, from) {
      const rate = (PER_HOUR * world.bustle(from)) / 60;
      const usual = Array.from({ length: times(random, rate) }, (_, n) => {
        const at = from + random.next() * MINUTE;
        const matter = byWeight(
          random,
          MATTERS,
          (one) => one.weight * fits(one.hours, world.hour(at)),
        );
        const place = gazetteer.anywhere(random, matter.at);
        return call(random, at, matter, place, n, HANDLED_WITHIN);
      });
      const unrest = world.storm(from + MINUTE / 2).unrest;
      if (unrest === 0) return usual;
      const wet = Array.from(
        { length: times(random, STORM_PER_MINUTE * unrest) },
        (_, n) => {
          const at = from + random.next() * MINUTE;
          const matter = byWeight(random, STORM_MATTERS, (one) => one.weight);
          const flooded = random.pick(low.slice(0, 14)).at;
          const near = gazetteer.around(scatter(flooded, random), random);
          // After a storm the crews are many: most is done within the hour.
          return call(random, at, matter, near, 50 + n, HOUR / 2);
        },
      );
      return [...usual, ...wet];
    },
  });
}

/** How much an hour belongs to a matter: 0.1 … 1. */
function fits(hours: Matter["hours"], hour: number): number {
  const within = (from: number, to: number) =>
    from <= to ? hour >= from && hour < to : hour >= from || hour < to;
  switch (hours) {
    case "any":
      return 0.7;
    case "day":
      return within(7, 18) ? 1 : 0.1;
    case "evening":
      return within(17, 23) ? 1 : 0.1;
    case "night":
      return within(20, 5) ? 1 : 0.1;
    case "rush":
      return within(7, 10) || within(16, 20) ? 1 : 0.3;
  }
}

function byWeight<T>(
  random: Random,
  of: readonly T[],
  weight: (one: T) => number,
): T {
  let ticket = random.next() * of.reduce((sum, one) => sum + weight(one), 0);
  for (const one of of) if ((ticket -= weight(one)) < 0) return one;
  return random.pick(of);
}

/** Some hundred metres around. */
function scatter(at: Position, random: Random): Position {
  return [at[0] + 0.003 * random.bell(), at[1] + 0.003 * random.bell()];
}
