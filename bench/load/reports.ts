/** Reports of an invented city, for cost alone: what it is said in is too regular to measure anything else. */
import { MINUTE } from "../../contract/time.ts";
import { MATTERS } from "../../mock-feeds/content/matters.ts";
import type { Reported } from "../../server/hub/incidents/likeness/reported.ts";
import type { Chance } from "../../test/kit/chance.ts";

const NAMES = [..."江澜东西南北中安平和兴华康宁福寿春秋湖山桥门塔林泉石"];
const DEPARTMENTS = ["URBAN", "TRANS", "WATER", "HOUS", "POLICE", "ECO"];
/** Degrees; some 20 × 20 km. */
const WIDE = 0.2;
const APART = MINUTE / 10;

export function createReports(chance: Chance): (n: number) => Reported {
  const name = () => chance.one(NAMES) + chance.one(NAMES);
  return (n) => {
    const matter = chance.between(0, MATTERS.length);
    const { category, title, texts } = MATTERS[matter]!;
    const place: Record<string, string> = {
      ...{ road: `${name()}路`, place: `${name()}广场` },
      ...{ community: `${name()}小区`, town: `${name()}镇` },
    };
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (_, word: string) => place[word]!);
    return {
      id: `report-${n}`,
      title: fill(title),
      description: fill(chance.one(texts)),
      address: `${place["road"]}${chance.between(1, 400)}号`,
      ...{ category, source: "hotline12345" },
      department: DEPARTMENTS[matter % DEPARTMENTS.length]!,
      ...{ departments: [], district: null },
      lng: 120 + WIDE * chance.next(),
      lat: 32 + WIDE * chance.next(),
      reportedAt: Date.UTC(2026, 10, 1) + n * APART,
    };
  };
}
