/** Our picture of a chart over time, and how ECharts is told to draw it. Pure. */
import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type {
  GridComponentOption,
  MarkAreaComponentOption,
  MarkLineComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";
import type { State } from "../../contract/level.ts";
import { figure } from "../i18n/numbers.ts";
import { hourMinute, midnight, monthDay } from "../i18n/times.ts";
import type { Band, Limit } from "../live/bands.ts";
import type { Palette } from "./palette.ts";
import { timeTicks, valueRange, valueTicks, type Range } from "./ticks.ts";

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | GridComponentOption
  | MarkAreaComponentOption
  | MarkLineComponentOption
>;

/** Colour by meaning; numbers are the series colours, from 0. */
export type Ink = "accent" | "second" | State | number;

export interface Track {
  kind: "line" | "bar";
  ink: Ink;
  dashed?: boolean;
  area?: boolean;
  /** Epoch ms, ascending; null values are gaps. */
  at: readonly number[];
  value: readonly (number | null)[];
  /** Ink of single points (bars): index → ink. */
  inks?: ReadonlyMap<number, Ink>;
  /** Label at the newest point, e.g. `32 cm`. */
  tip?: string;
}

export interface Picture {
  tracks: readonly Track[];
  from: number;
  to: number;
  bands?: readonly Band[];
  /** Drawn as labelled lines; the bands' limits, usually. */
  limits?: readonly Limit[];
  /** Fixed value range where the values should not choose it. */
  range?: Partial<Range>;
  precision?: number;
  /** Value axis marks: limits where there are some in view, else round numbers. */
  marks?: "auto" | "round";
}

export interface Paper {
  palette: Palette;
  zone: string;
  /** Canvas px per unit. */
  unit: number;
  width: number;
  height: number;
}

const FIGURES = '"Barlow Condensed", "Noto Sans SC Variable", sans-serif';

function inkOf(ink: Ink, palette: Palette): string {
  if (typeof ink === "number")
    return palette.series[ink % palette.series.length]!;
  if (ink === "accent") return palette.accent;
  if (ink === "second" || ink === "none") return palette.second;
  if (ink === "stale") return palette.stale;
  return palette.level[ink];
}

/** Lengths are in canvas px. */
export function optionOf(picture: Picture, paper: Paper): ChartOption {
  const { palette, unit } = paper;
  const limits = picture.limits ?? [];
  const all = picture.tracks.flatMap((track) => [...track.value]);
  const found = valueRange(
    all,
    limits.map((limit) => limit.value),
  );
  const range = { ...found, ...picture.range };
  const inView = limits.filter(
    ({ value }) => value >= range.min && value <= range.max,
  );
  const rows = Math.max(2, Math.min(6, Math.floor(paper.height / (34 * unit))));
  const yTicks =
    inView.length > 0 && picture.marks !== "round"
      ? spaced(
          [...inView.map(({ value }) => value), range.min, range.max],
          (range.max - range.min) / Math.max(4, rows * 1.6),
        )
      : valueTicks(range, rows);
  const columns = Math.max(2, Math.floor(paper.width / (66 * unit)));
  const xTicks = timeTicks(picture.from, picture.to, paper.zone, columns);
  const label = (value: number) => figure(value, tickDecimals(yTicks));
  const widest = Math.max(...yTicks.map((tick) => label(tick).length), 1);
  const tipped = picture.tracks.some((track) => track.tip);
  const text = {
    color: palette.second,
    fontFamily: FIGURES,
    fontWeight: 500 as const,
    fontSize: 14 * unit,
  };

  return {
    animation: false,
    grid: {
      left: (widest * 7 + 8) * unit,
      right: 10 * unit,
      top: (tipped ? 24 : 8) * unit,
      bottom: 24 * unit,
    },
    xAxis: {
      type: "value",
      min: picture.from,
      max: picture.to,
      axisLine: { lineStyle: { color: palette.line, width: unit } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...text,
        customValues: xTicks,
        margin: 8 * unit,
        hideOverlap: true,
        alignMinLabel: "left",
        alignMaxLabel: "right",
        formatter: (at: number) =>
          at === midnight(at, paper.zone) &&
          picture.to - picture.from > 86_400_000
            ? monthDay(at, paper.zone)
            : hourMinute(at, paper.zone),
      },
    },
    yAxis: {
      type: "value",
      min: range.min,
      max: range.max,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...text, customValues: yTicks, formatter: label },
    },
    series: picture.tracks.flatMap((track, i) => [
      seriesOf(track, paper),
      ...(i === 0 ? [groundOf(picture, inView, range, yTicks, paper)] : []),
      ...tipOf(track, paper),
    ]),
  };
}

/** Decimals that tell the ticks apart. */
function tickDecimals(ticks: readonly number[]): number {
  const most = ticks.map((tick) => String(tick).split(".")[1]?.length ?? 0);
  return Math.min(3, Math.max(0, ...most));
}

/** Leaves out marks that would stand on each other; earlier ones win. */
function spaced(values: readonly number[], least: number): number[] {
  const kept: number[] = [];
  for (const value of values)
    if (kept.every((other) => Math.abs(other - value) >= least))
      kept.push(value);
  return kept.sort((a, b) => a - b);
}

function seriesOf(
  track: Track,
  { palette, unit }: Paper,
): LineSeriesOption | BarSeriesOption {
  const colour = inkOf(track.ink, palette);
  const shared = {
    silent: true,
    animation: false,
    emphasis: { disabled: true },
  };
  if (track.kind === "bar")
    return {
      ...shared,
      type: "bar",
      barMaxWidth: 14 * unit,
      barCategoryGap: "28%",
      itemStyle: { color: colour },
      data: track.at.map((at, i) => {
        const ink = track.inks?.get(i);
        return {
          value: [at, track.value[i] ?? "-"],
          ...(ink === undefined
            ? {}
            : { itemStyle: { color: inkOf(ink, palette) } }),
        };
      }),
    };
  return {
    ...shared,
    type: "line",
    symbol: "none",
    connectNulls: false,
    lineStyle: {
      color: colour,
      width: (track.dashed ? 1.5 : 2.2) * unit,
      type: track.dashed ? [4 * unit, 4 * unit] : "solid",
      join: "round",
      opacity: track.dashed ? 0.75 : 1,
    },
    ...(track.area ? { areaStyle: { color: colour, opacity: 0.1 } } : {}),
    data: track.at.map((at, i) => [at, track.value[i] ?? "-"]),
  };
}

/** The ground that all lines stand on: level bands and limits. */
function groundOf(
  picture: Picture,
  limits: readonly Limit[],
  range: Range,
  ticks: readonly number[],
  { palette, unit }: Paper,
): LineSeriesOption {
  const plain = ticks.filter((tick) => limits.every((l) => l.value !== tick));
  const clip = (value: number) =>
    Math.min(range.max, Math.max(range.min, value));
  const bands = (picture.bands ?? []).filter(
    (band) => clip(band.from) < clip(band.to),
  );
  return {
    type: "line",
    data: [],
    silent: true,
    z: 0,
    markArea: {
      silent: true,
      animation: false,
      data: bands.map((band) => [
        {
          yAxis: clip(band.from),
          itemStyle: {
            color: palette.level[band.level],
            opacity: palette.band,
          },
        },
        { yAxis: clip(band.to) },
      ]),
    },
    markLine: {
      silent: true,
      animation: false,
      symbol: "none",
      label: { show: false },
      data: [
        ...plain.map((tick) => ({
          yAxis: tick,
          lineStyle: {
            color: palette.line,
            width: unit,
            type: "solid" as const,
            opacity: 0.55,
          },
        })),
        ...limits.map((limit) => ({
          yAxis: limit.value,
          lineStyle: {
            color: palette.level[limit.level],
            width: unit,
            type: [3 * unit, 4 * unit],
            opacity: 0.8,
          },
        })),
      ],
    },
  };
}

/** A dot at the newest point, with its label. */
function tipOf(track: Track, { palette, unit }: Paper): LineSeriesOption[] {
  if (track.kind !== "line" || !track.tip) return [];
  let i = track.value.length - 1;
  while (i >= 0 && track.value[i] === null) i--;
  if (i < 0) return [];
  const colour = inkOf(track.ink, palette);
  return [
    {
      type: "line",
      silent: true,
      animation: false,
      symbol: "circle",
      showSymbol: true,
      symbolSize: 8 * unit,
      itemStyle: {
        color: colour,
        borderColor: palette.ground,
        borderWidth: 1.5 * unit,
      },
      data: [[track.at[i]!, track.value[i]!]],
      label: {
        show: true,
        position: "top",
        align: "right",
        offset: [5 * unit, 0],
        color: palette.text,
        fontFamily: FIGURES,
        fontWeight: 600,
        fontSize: 18 * unit,
        formatter: track.tip,
      },
    },
  ];
}
