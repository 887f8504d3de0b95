/**
 * The catalogue of indicators as a city pack writes it: rows of texts, one
 * column a field (decisions D1). Everything that is wrong is told at once.
 */
import { Indicator, type Threshold } from "../../../contract/indicator.ts";
import { Level } from "../../../contract/level.ts";
import { ExpressionError } from "./expression.ts";
import { compileFormula, inOrder } from "./formula.ts";
import { compileWhere } from "./where.ts";

/** `message` has one sentence a line. */
export class CatalogueError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

type Row = Record<string, string>;

/** A column that cannot be read; `message` finishes the sentence that names it. */
class ColumnError extends Error {
  readonly column: string;
  constructor(column: string, message: string) {
    super(message);
    this.column = column;
  }
}

/**
 * Reads rows of `indicators.csv`, the header being line 1.
 * @throws CatalogueError naming line and column of everything that is wrong.
 */
export function readCatalogue(rows: readonly Row[]): Indicator[] {
  const problems: string[] = [];
  const indicators: Indicator[] = [];
  const lines = new Map<string, number>();
  rows.forEach((row, i) => {
    const line = i + 2;
    const say = (column: string, message: string) =>
      problems.push(
        `indicators.csv line ${line}, column ${column}: ${message}`,
      );
    try {
      const parsed = Indicator.safeParse(indicatorOf(row));
      if (!parsed.success)
        return parsed.error.issues.forEach((issue) =>
          say(columnOf(issue.path), issue.message),
        );
      const indicator = parsed.data;
      const first = lines.get(indicator.id);
      if (first !== undefined)
        return say("id", `${indicator.id} stands on line ${first} already`);
      lines.set(indicator.id, line);
      for (const [column, message] of contradictions(indicator))
        say(column, message);
      indicators.push(indicator);
    } catch (error) {
      if (!(error instanceof ColumnError)) throw error;
      say(error.column, error.message);
    }
  });
  problems.push(...circles(indicators));
  if (problems.length > 0) throw new CatalogueError(problems);
  return indicators;
}

/**
 * What of an indicator contradicts itself or cannot run, as [column, sentence].
 * Holds for rows of any origin.
 */
export function contradictions(indicator: Indicator): [string, string][] {
  const found: [string, string][] = [];
  const { source, direction, thresholds } = indicator;
  const limits = [...Level.options]
    .reverse()
    .map((level) => thresholds[level])
    .filter((limit) => limit !== undefined)
    .map((limit) => (typeof limit === "number" ? limit : limit.deviation));
  const rises = direction === "L" ? 1 : -1;
  if (direction === "N" && limits.length > 0)
    found.push(["direction", "N is never coloured, but limits are given"]);
  else if (
    limits.some((limit, i) => i > 0 && rises * (limit - limits[i - 1]!) < 0)
  )
    found.push([
      "red",
      `limits must ${rises > 0 ? "rise" : "fall"} from blue to red where direction is ${direction}`,
    ]);
  if (indicator.scopes.length === 0)
    found.push(["scopes", "name at least one of city, district, object"]);
  switch (source.from) {
    case "formula":
      attempt(() => compileFormula(source.formula), "formula", found);
      break;
    case "sensors": {
      const { aggregate, window, where } = source;
      if (where !== null) attempt(() => compileWhere(where), "where", found);
      if (aggregate === "ratio" && where === null)
        found.push(["where", "ratio needs a condition"]);
      if (aggregate === "weightedMean" && source.weightBy === null)
        found.push(["weightBy", "weightedMean needs a sensor attribute"]);
      if (aggregate === "percentile" && source.percentile === null)
        found.push(["percentile", "percentile needs a number from 0 to 100"]);
      if (aggregate === "rate" && window.kind === "latest")
        found.push(["windowKind", "rate needs a tumbling or sliding window"]);
      if (window.kind !== "latest" && window.length <= 0)
        found.push(["window", `a ${window.kind} window needs a length in ms`]);
      if (
        window.kind === "sliding" &&
        !(window.step > 0 && window.step <= window.length)
      )
        found.push([
          "step",
          "a sliding window needs a step of at most its length",
        ]);
      break;
    }
    case "reported":
    case "internal":
      break;
  }
  if (source.from !== "sensors" && indicator.scopes.includes("object"))
    found.push([
      "scopes",
      `object needs sensors, but source is ${source.from}`,
    ]);
  return found;
}

function attempt(
  compile: () => unknown,
  column: string,
  found: [string, string][],
): void {
  try {
    compile();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    found.push([column, error.message]);
  }
}

/** Formulas that read what does not exist or each other in a circle. */
export function circles(indicators: readonly Indicator[]): string[] {
  const problems: string[] = [];
  const ids = new Set(indicators.map(({ id }) => id));
  const formulas = new Map<string, { reads: string[] }>();
  for (const { id, source } of indicators) {
    if (source.from !== "formula") continue;
    try {
      const formula = compileFormula(source.formula);
      formulas.set(id, formula);
      for (const read of formula.reads)
        if (!ids.has(read))
          problems.push(
            `${id} reads ${read}, which the catalogue does not have`,
          );
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error; // told by its column
    }
  }
  try {
    inOrder(formulas);
  } catch (error) {
    problems.push((error as Error).message);
  }
  return problems;
}

function indicatorOf(row: Row): unknown {
  const text = (column: string) => (row[column] ?? "").trim();
  const given = (column: string) => text(column) || null;
  const number = (column: string) => {
    const value = text(column);
    if (value === "") return null;
    if (!/^-?\d+(\.\d+)?$/.test(value))
      throw new ColumnError(column, `"${value}" is no number`);
    return Number(value);
  };
  const thresholds: Partial<Record<Level, Threshold>> = {};
  for (const level of Level.options) {
    const limit = thresholdOf(level, text(level));
    if (limit !== null) thresholds[level] = limit;
  }
  const opens = opensAt(text("opensIncident"));
  return {
    id: text("id"),
    theme: text("theme"),
    themeEn: text("themeEn"),
    nameZh: text("nameZh"),
    nameEn: text("nameEn"),
    unit: text("unit"),
    direction: text("direction"),
    thresholds,
    hysteresis: number("hysteresis"),
    owner: text("ownerDept"),
    every: number("every"),
    staleAfter: number("staleAfter"),
    precision: number("precision") ?? 0,
    source: sourceOf(text("source"), text, given, number),
    scopes: text("scopes")
      .split(";")
      .map((scope) => scope.trim())
      .filter((scope) => scope !== ""),
    target: number("target"),
    opensIncident: opens
      ? {
          level: opens,
          priority: number("priority"),
          category: text("category"),
          department: text("ownerDept"),
        }
      : null,
    note: text("note"),
  };
}

function sourceOf(
  from: string,
  text: (column: string) => string,
  given: (column: string) => string | null,
  number: (column: string) => number | null,
): unknown {
  switch (from) {
    case "sensors":
      return {
        from,
        metric: text("metric"),
        kind: given("kind"),
        system: given("system"),
        aggregate: text("aggregate"),
        window: {
          kind: text("windowKind"),
          length: number("window") ?? 0,
          step: number("step") ?? 0,
        },
        weightBy: given("weightBy"),
        percentile: number("percentile"),
        where: given("where"),
      };
    case "reported":
      return { from };
    case "formula":
      return { from, formula: text("formula") };
    case "internal":
      return {
        ...{ from, measure: text("formula") },
        ...(given("least") !== null && { least: number("least") }),
      };
    default:
      throw new ColumnError(
        "source",
        `"${from}" is none of sensors, reported, formula, internal`,
      );
  }
}

/** `true` = from any level on, or the level from which; nothing or `false` = never. */
function opensAt(given: string): Level | null {
  const level = Level.options.find((one) => one === given);
  if (level) return level;
  if (given === "true") return "blue";
  if (given === "" || given === "false") return null;
  throw new ColumnError(
    "opensIncident",
    `"${given}" is neither true, false nor a level`,
  );
}

/** `75`, `+20%`, `-5%`, or nothing (also written as a dash). */
function thresholdOf(column: Level, text: string): Threshold | null {
  if (text === "" || text === "—" || text === "-") return null;
  const [, number, percent] = /^([+-]?\d+(?:\.\d+)?)\s*(%?)$/.exec(text) ?? [];
  if (number === undefined)
    throw new ColumnError(
      column,
      `"${text}" is neither a number nor a share such as +20%`,
    );
  return percent ? { deviation: Number(number) } : Number(number);
}

/** The column that a field of the contract's `Indicator` is read from. */
function columnOf(path: readonly PropertyKey[]): string {
  const [field, part, detail] = path.map(String);
  switch (field) {
    case "owner":
      return "ownerDept";
    case "opensIncident":
    case "thresholds":
      return part ?? field;
    case "source":
      if (part === "window")
        return detail === "kind"
          ? "windowKind"
          : detail === "step"
            ? "step"
            : "window";
      return part === "measure" ? "formula" : (part ?? "source");
    default:
      return field ?? "id";
  }
}
