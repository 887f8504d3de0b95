import {
  capIdentifier,
  LEVEL_NAMES,
  writeCap,
  type CapMessage,
  type CapReference,
} from "./cap-message.ts";
import { createRandom } from "../city/random.ts";
import type { City, District, Ring } from "../city/types.ts";
import type { Moment, Scene } from "../department.ts";
import { KINDS, RAINSTORM } from "./weather-words.ts";
import {
  STORM_SPAN,
  STORM_WARNINGS,
  type StormWarning,
} from "../world/storm.ts";

/** GB/T 4657 code of the weather bureau's trade. */
const METEOROLOGY = "416";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TEST_EVERY = 6 * HOUR;
/** Points that an area's outline is cut down to. */
const OUTLINE = 80;

/**
 * Writes the day's warnings and, while a storm is on, its warnings as they are
 * issued, raised, lowered and lifted. @returns CAP documents that are due
 */
export function createWarningDesk({
  city,
  world,
  seed,
}: Scene): (moment: Moment) => string[] {
  const bureau = `${city.nameZh}气象台`;
  const sender = `${city.regionCode}@12379.example`;
  const told = new Set<string>();
  /** What the storm's next message replaces. */
  let before: CapReference | null = null;
  let done = 0;
  let tested = NaN;

  const message = (
    sent: number,
    rest: Omit<CapMessage, "identifier" | "sender" | "sent" | "senderName">,
    serial: number,
  ): { text: string; reference: CapReference } => {
    const whole = Math.floor(sent / 1000) * 1000;
    const identifier = capIdentifier(
      city.regionCode,
      METEOROLOGY,
      whole,
      serial,
    );
    const text = writeCap({
      ...rest,
      identifier,
      sender,
      sent: whole,
      senderName: bureau,
    });
    return { text, reference: { identifier, sender, sent: whole } };
  };

  function storm(moment: Moment): string[] {
    const elapsed = world.stormElapsed(moment.time);
    if (elapsed === null) {
      before = null;
      done = 0;
      return [];
    }
    const due = STORM_WARNINGS.slice(done).filter(
      ({ at }) => at * MINUTE <= elapsed,
    );
    done += due.length;
    return due.map((step, i) => {
      const districts = worstHit(city, step.level);
      // Steps that fall into one report still differ in their time.
      const sent = moment.at + i * 1000;
      const { text, reference } = message(
        sent,
        {
          ...areaOf(districts),
          ...RAINSTORM[step.level],
          status: "Actual",
          event: "暴雨",
          headline: `${bureau}${VERB[step.act]}暴雨${LEVEL_NAMES[step.level]}预警`,
          eventCode: "11B03",
          level: step.level,
          msgType: MSG_TYPE[step.act],
          references: before ? [before] : [],
          onset: sent,
          expires: moment.wall(moment.time + STORM_SPAN) + HOUR / 2,
        },
        1 + STORM_WARNINGS.indexOf(step),
      );
      before = reference;
      return text;
    });
  }

  /** One ordinary warning on some days: a fog, a gale. The same in every run of that day. */
  function daily(moment: Moment): string[] {
    const midnight = world.midnight(moment.time);
    const key = String(midnight);
    if (told.has(key)) return [];
    const random = createRandom(seed, `warning/${midnight}`);
    const month = new Date(midnight).getUTCMonth();
    const kind = random.pick(
      KINDS.filter(({ months }) => months.includes(month)),
    );
    const from = midnight + random.between(5.5, 8.5) * HOUR;
    const until = from + random.between(7, 14) * HOUR;
    const happens = random.chance(0.7);
    const district = random.pick(city.districts);
    if (!happens || moment.time < from || moment.time > until) return [];
    told.add(key);
    const { text } = message(
      moment.wall(from),
      {
        ...areaOf([district]),
        status: "Actual",
        event: kind.event,
        headline: `${bureau}发布${kind.event}${LEVEL_NAMES[kind.level]}预警`,
        eventCode: kind.code,
        level: kind.level,
        description: kind.description.replace("{district}", district.nameZh),
        instruction: kind.instruction,
        msgType: "Alert",
        references: [],
        onset: moment.wall(from),
        expires: moment.wall(until),
      },
      0,
    );
    return [text];
  }

  /** On most days nothing is to be warned of; the line is tested all the same. */
  function lineTest(moment: Moment): string[] {
    const span = Math.floor(moment.at / TEST_EVERY);
    if (span === tested) return [];
    tested = span;
    const { text } = message(
      moment.at,
      {
        ...areaOf([]),
        area: city.nameZh,
        status: "System",
        msgType: "Alert",
        references: [],
        event: "链路检测",
        headline: `${bureau}预警发布链路检测`,
        eventCode: "",
        level: "blue",
        description: "预警发布链路检测,不代表任何天气。",
        instruction: "",
        onset: moment.at,
        expires: moment.at + TEST_EVERY,
      },
      9,
    );
    return [text];
  }

  return (moment) => [...lineTest(moment), ...daily(moment), ...storm(moment)];
}

const MSG_TYPE = {
  issue: "Alert",
  raise: "Update",
  lower: "Update",
  lift: "Cancel",
} as const satisfies Record<StormWarning["act"], CapMessage["msgType"]>;

const VERB = {
  issue: "发布",
  raise: "升级发布",
  lower: "变更发布",
  lift: "解除",
} as const satisfies Record<StormWarning["act"], string>;

/** Most people live where it rains hardest: the storm crosses the city's middle. */
function worstHit(city: City, level: StormWarning["level"]): District[] {
  const count = level === "orange" ? 2 : 4;
  return city.districts
    .toSorted((a, b) => b.population / b.areaKm2 - a.population / a.areaKm2)
    .slice(0, count);
}

const areaOf = (districts: readonly District[]) => ({
  area: districts.map(({ nameZh }) => nameZh).join("、"),
  polygons: districts.map(({ ring }) => outline(ring)),
  geocodes: districts.map(({ code }) => code),
});

/** Every n-th point of a ring, closed again. */
function outline(ring: Ring): Ring {
  const step = Math.max(1, Math.ceil(ring.length / OUTLINE));
  const kept = ring.slice(0, -1).filter((_, i) => i % step === 0);
  return [...kept, kept[0]!];
}
