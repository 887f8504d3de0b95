/** The city of the flow tests and what they often ask of it. */
import { indicatorRow, type CityPlan } from "../kit/city.ts";
import type { Hub } from "../kit/hub.ts";

export const SYSTEM = "test";

export const FLOW_CITY: CityPlan = {
  feeds: [
    { id: "air" },
    { id: "air-mqtt", transport: "mqtt" },
    { id: "hotline", format: "incidents/1" },
    { id: "buses", format: "positions/1" },
    { id: "cameras", format: "cameras/1" },
    { id: "reports", format: "indicators/1" },
    { id: "catalogue", format: "sensors/1" },
    { id: "weather", format: "cap/1.2" },
    { id: "slow", quota: { perSecond: 1, burst: 10 } },
    { id: "ahead", format: "incidents/1" },
    { id: "off", enabled: false },
  ],
  indicators: [
    indicatorRow({ id: "air.sum", metric: "pm25", aggregate: "sum" }),
    indicatorRow({
      ...{ id: "air.day", metric: "pm25", aggregate: "sum" },
      ...{ window: String(86_400_000), every: String(86_400_000) },
      staleAfter: String(3 * 86_400_000),
    }),
    indicatorRow({ id: "air.told", source: "reported" }),
  ],
};

export const reading = (sensor: string, at: number, value: number) => ({
  sensor,
  metric: "pm25",
  at,
  value,
});

/** The room of one sensor. */
export const only = (sensor: string) => ({ ids: [`${SYSTEM}/${sensor}`] });

/** [at, value] of every raw reading of a sensor in a minute around `at`. */
export async function historyOf(
  hub: Hub,
  sensor: string,
  at: number,
): Promise<[number, number][]> {
  const ask = new URLSearchParams({
    ...{ system: SYSTEM, sensor, metric: "pm25", points: "5000" },
    ...{ from: String(at - 60_000), to: String(at + 60_000) },
  });
  const history = await hub.ask<{ at: number[]; value: number[] }>(
    `/api/series/history?${ask.toString()}`,
  );
  return history.at.map((at, i) => [at, history.value[i]!]);
}

/** value by start of window. */
export async function windowsOf(
  hub: Hub,
  indicator: string,
  from: number,
  to: number,
): Promise<Map<number, number | null>> {
  const ask = new URLSearchParams({
    ...{ scope: "city", points: "5000" },
    ...{ from: String(from), to: String(to) },
  });
  const history = await hub.ask<{ at: number[]; value: (number | null)[] }>(
    `/api/indicators/${indicator}/history?${ask.toString()}`,
  );
  return new Map(history.at.map((at, i) => [at, history.value[i]!]));
}

/** Posts and insists on 200. */
export async function told(
  hub: Hub,
  feed: string,
  body: unknown,
  init?: RequestInit,
): Promise<{
  accepted: number;
  duplicates: number;
  missing: number;
  rejected: number;
  rejections: { index: number; path: string; message: string }[];
}> {
  const reply = await hub.post(feed, body, init);
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${reply.status} ${text}`);
  return JSON.parse(text) as never;
}

/** Looks again until it is so; fails with the last look after `within` ms. */
export async function eventually<T>(
  look: () => Promise<T>,
  right: (seen: T) => boolean,
  within = 30_000,
): Promise<T> {
  const last = performance.now() + within;
  for (;;) {
    const seen = await look();
    if (right(seen)) return seen;
    if (performance.now() > last)
      throw new Error(
        `still not so after ${within / 1000} s: ${JSON.stringify(seen)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
