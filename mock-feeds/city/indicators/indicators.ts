import { categoryCode } from "../categories.ts";
import { SENSOR_KINDS } from "../sensors/sensors.ts";
import type { Category, IndicatorRow } from "../types.ts";
import { environment } from "./environment.ts";
import { economy, government } from "./government.ts";
import { hotline } from "./hotline.ts";
import { lifeline } from "./lifeline.ts";
import { operation } from "./operation.ts";
import type { Plan, Theme } from "./row.ts";
import { DISTRICTS } from "./row.ts";
import { emergency, security } from "./safety.ts";
import { transport } from "./transport.ts";
import { urban } from "./urban.ts";
import { water } from "./water.ts";
import { weather } from "./weather.ts";
import { education, health, tourism } from "./wellbeing.ts";

const THEMES: readonly Theme[] = [
  operation,
  transport,
  environment,
  water,
  lifeline,
  emergency,
  security,
  urban,
  hotline,
  health,
  education,
  tourism,
  economy,
  government,
  weather,
];

/** A level falls only after the value is back by this share of |red − blue|. */
const HYSTERESIS = 0.02;

export function createIndicators(
  categories: readonly Category[],
): IndicatorRow[] {
  return THEMES.flatMap((theme) =>
    theme.rows.map((plan) => rowOf(theme, plan, categories)),
  );
}

function rowOf(
  theme: Theme,
  plan: Plan,
  categories: readonly Category[],
): IndicatorRow {
  const { limits, opens, from, every } = plan;
  const { source, ...columns } = from;
  const [blue, yellow, orange, red] = limits.map(String) as [
    string,
    string,
    string,
    string,
  ];
  return {
    id: plan.id,
    theme: theme.nameZh,
    themeEn: theme.nameEn,
    nameZh: plan.nameZh,
    nameEn: plan.nameEn,
    unit: plan.unit,
    direction: plan.direction,
    blue,
    yellow,
    orange,
    red,
    hysteresis: hysteresisOf(limits),
    ownerDept: plan.owner,
    every,
    staleAfter: 3 * Math.max(every, periodOf(from)),
    precision: plan.precision ?? 0,
    source,
    metric: "",
    kind: "",
    system: "",
    aggregate: "",
    windowKind: "",
    window: "",
    step: "",
    weightBy: "",
    percentile: "",
    where: "",
    formula: "",
    least: "",
    baseline: limits.some((limit) => String(limit).endsWith("%"))
      ? "weekday4"
      : "none",
    scopes: plan.scopes ?? DISTRICTS,
    target: plan.target === undefined ? "" : String(plan.target),
    priority: opens ? String(opens[1]) : "",
    category: opens ? categoryCode(categories, opens[0]) : "",
    opensIncident: opens !== undefined,
    note: plan.note ?? "",
    ...columns,
  };
}

/** The period of the sensors that are read, 0 where none are. */
function periodOf({ kind, metric }: Plan["from"]): number {
  const sensors = SENSOR_KINDS.find((sensor) => sensor.kind === kind);
  return sensors?.metrics.find((one) => one.metric === metric)?.period ?? 0;
}

/** 2 % of the way between the outermost limits; blank where those are deviations. */
function hysteresisOf(limits: Plan["limits"]): string {
  const numbers = limits.filter((limit) => typeof limit === "number");
  if (numbers.length < 2) return "";
  const span = Math.max(...numbers) - Math.min(...numbers);
  return String(Number((HYSTERESIS * span).toPrecision(3)));
}
