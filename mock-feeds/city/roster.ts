import { createRandom, type Random } from "./random.ts";
import { SHIFTS } from "./shifts.ts";

/** One line of `roster.csv`. */
export interface RosterRow {
  date: string;
  shift: string;
  role: "dutyLeader" | "shiftLeader" | "dutyOfficer" | "seat";
  login: string;
  name: string;
  phone: string;
}

const DAY = 86_400_000;
/** As far as the calendar of the invented city reaches. */
const FIRST = Date.parse("2026-01-01T00:00:00Z");
const LAST = Date.parse("2027-12-31T00:00:00Z");

const LEADERS = 7;
/** Four crews take turns, so that each has a day off after its night. */
const CREWS = 4;

/** The demo has one account a role: whoever opens it is on every shift. */
const LOGINS: Partial<Record<RosterRow["role"], string>> = {
  shiftLeader: "demo-shiftleader",
  dutyOfficer: "demo-dutyofficer",
};

const SURNAMES = [..."林沈顾陆梁程傅丁白贺江温骆章简"];
const GIVEN = [..."致远明川书言若溪景行知秋向晚云舟亦安"];

interface Person {
  name: string;
  phone: string;
}

/** Nobody's number: the prefix 154 was never given to any operator. */
const person = (random: Random): Person => ({
  name: random.pick(SURNAMES) + random.pick(GIVEN) + random.pick(GIVEN),
  phone: `154${String(random.integer(0, 99_999_999)).padStart(8, "0")}`,
});

/** Who keeps the watch of the invented city, day by day: leaders by the day, crews by the shift. */
export function createRoster(seed: number): RosterRow[] {
  const random = createRandom(seed, "roster");
  const people = (count: number) =>
    Array.from({ length: count }, () => person(random));
  const leaders = people(LEADERS);
  const crews = Array.from({ length: CREWS }, () => ({
    shiftLeader: person(random),
    dutyOfficer: person(random),
    seat: person(random),
  }));
  const rows: RosterRow[] = [];
  for (let at = FIRST, day = 0; at <= LAST; at += DAY, day++) {
    const date = new Date(at).toISOString().slice(0, 10);
    SHIFTS.forEach(({ id }, turn) => {
      const crew = crews[(day + turn) % CREWS]!;
      const on = { dutyLeader: leaders[day % LEADERS]!, ...crew };
      for (const [role, { name, phone }] of Object.entries(on) as [
        RosterRow["role"],
        Person,
      ][])
        rows.push({
          ...{ date, shift: id, role, login: LOGINS[role] ?? "" },
          ...{ name, phone },
        });
    });
  }
  return rows;
}
