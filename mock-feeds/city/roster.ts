import { districtOfficer, type AccountRow } from "./accounts.ts";
import { createRandom, type Random } from "./random.ts";
import { SHIFTS } from "./shifts.ts";
import type { Department } from "./types.ts";

/** One line of `roster.csv`. */
export interface RosterRow {
  /** Department whose roster it is; blank: the city's own centre. */
  centre: string;
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

/**
 * Districts' centres plan for weeks, not for years: seven of them for two years
 * would be six times the city's own table, at every start.
 */
const CENTRES_BEFORE = 7 * DAY;
const CENTRES_AHEAD = 56 * DAY;

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

/** Whose roster, under which logins, from one midnight (UTC, as dates are counted) to another. */
interface Watch {
  centre: string;
  logins: Partial<Record<RosterRow["role"], string>>;
  from: number;
  to: number;
}

/**
 * Who keeps the watch of the invented city, day by day, and of its districts'
 * centres in the weeks around an instant (epoch ms).
 */
export function createRoster(
  {
    seed,
    departments,
  }: {
    seed: number;
    departments: readonly Pick<Department, "code" | "role">[];
  },
  accounts: readonly Pick<AccountRow, "login">[],
  at: number,
): RosterRow[] {
  const today = Math.floor(at / DAY) * DAY;
  const known = new Set(accounts.map(({ login }) => login));
  const centres = departments
    .filter(({ role }) => role === "district")
    .flatMap(({ code }) => {
      const login = districtOfficer({ code });
      return watchOf(createRandom(seed, `roster/${code}`), {
        ...{ centre: code, from: today - CENTRES_BEFORE },
        to: today + CENTRES_AHEAD,
        logins: known.has(login) ? { dutyOfficer: login } : {},
      });
    });
  const city = watchOf(createRandom(seed, "roster"), {
    ...{ centre: "", logins: LOGINS, from: FIRST, to: LAST },
  });
  return [...city, ...centres];
}

/** Leaders by the day, crews by the shift. */
function watchOf(
  random: Random,
  { centre, logins, from, to }: Watch,
): RosterRow[] {
  const people = (count: number) =>
    Array.from({ length: count }, () => person(random));
  const leaders = people(LEADERS);
  const crews = Array.from({ length: CREWS }, () => ({
    shiftLeader: person(random),
    dutyOfficer: person(random),
    seat: person(random),
  }));
  const rows: RosterRow[] = [];
  for (let at = from, day = 0; at <= to; at += DAY, day++) {
    const date = new Date(at).toISOString().slice(0, 10);
    SHIFTS.forEach(({ id }, turn) => {
      const crew = crews[(day + turn) % CREWS]!;
      const on = { dutyLeader: leaders[day % LEADERS]!, ...crew };
      for (const [role, { name, phone }] of Object.entries(on) as [
        RosterRow["role"],
        Person,
      ][])
        rows.push({
          ...{ centre, date, shift: id, role, login: logins[role] ?? "" },
          ...{ name, phone },
        });
    });
  }
  return rows;
}
