/** The staff's duty officer writes the city's log (值班日志): a few lines at the start of a demo, then one now and then. */
import { createRandom } from "../city/random.ts";
import type { Desk } from "./desk.ts";

/** A line of the log, as far as the staff reads it. */
export interface Logged {
  at: number;
  by: string;
}
export interface Line {
  kind: "call" | "order" | "weather" | "note";
  text: string;
}

const MINUTE = 60_000;
/** Between two lines of the first ones, and of all that come after. */
const AT_FIRST = MINUTE / 4;
const EVERY = 40 * MINUTE;

/** Said in their order, once. */
const FIRST: readonly Line[] = [
  { kind: "note", text: "接班:值班电话、指挥席位、视频会商和大屏均正常。" },
  { kind: "weather", text: "与市气象台会商:午后局地有阵雨,关注低洼路段。" },
  { kind: "call", text: "市应急局值班室来电询问备勤安排,已答复。" },
  { kind: "order", text: "值班领导要求:临期的逐件盯办,逾期的说明原因。" },
];
const LATER: readonly Line[] = [
  { kind: "note", text: "巡查大屏与各系统接入,数据更新正常。" },
  { kind: "note", text: "对临期工单逐件催办,责任单位均已答复。" },
  { kind: "call", text: "区指挥中心来电报告辖区情况平稳。" },
  { kind: "call", text: "市供水集团来电:计划检修提前完成,已恢复供水。" },
  { kind: "order", text: "值班领导要求加强学校周边和轨道站点巡查。" },
  { kind: "weather", text: "气象台更新短临预报,风力减弱,暂无预警。" },
];

/**
 * The line that is due, if any. @param own lines of this officer, the newest first
 * @param now epoch ms
 */
export function dueLine(
  own: readonly Logged[],
  now: number,
  seed: number,
): Line | null {
  const first = FIRST[own.length];
  const last = own[0]?.at ?? -Infinity;
  if (now - last < (first ? AT_FIRST : EVERY)) return null;
  return first ?? createRandom(seed, `log/${last}`).pick(LATER);
}

/** Writes the line that is due. @throws where the hub does not answer as it should */
export async function keepLog(
  desk: Desk,
  { seed }: { seed: number },
): Promise<void> {
  const { status, body } = await desk.ask<{ items: Logged[] }>(
    ...(["dutyOfficer", "GET", "/api/duty/log?limit=200"] as const),
  );
  if (status !== 200)
    throw new Error(`the hub answered ${status} to the staff's duty log`);
  const own = body.items.filter(({ by }) => desk.logins.has(by));
  const line = dueLine(own, Date.now(), seed);
  if (line) await desk.ask("dutyOfficer", "POST", "/api/duty/log", line);
}
