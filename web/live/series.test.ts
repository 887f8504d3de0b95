import { afterEach, expect, it } from "vitest";
import {
  createApp,
  effectScope,
  nextTick,
  ref,
  shallowRef,
  type EffectScope,
} from "vue";
import { MINUTE } from "../../contract/time.ts";
import type { Indicator, IndicatorView } from "../../contract/indicator.ts";
import type { Call } from "./call.ts";
import type { Sign } from "./indicator.ts";
import { useSignHistory } from "./series.ts";
import { liveKey, type LiveSource } from "./source.ts";

const NOW = Date.UTC(2026, 10, 20);
const row = { id: "eco.aqi", every: MINUTE } as Indicator;
const view = { id: "eco.aqi@city", at: NOW, value: 40 } as IndicatorView;
const sign = (given: Partial<Sign>): Sign => ({
  ...{ id: "eco.aqi", row: null, view: null, state: "none" },
  ...{ freshness: null, at: null, local: true, ...given },
});

let scope: EffectScope;
afterEach(() => scope.stop());

/** @returns the names of doors that were asked */
function asksFor(shown: () => Sign): string[] {
  const asked: string[] = [];
  const live: LiveSource = {
    hold: () => {
      throw new Error("a line follows no topic of its own");
    },
    call: ((name: string) => {
      asked.push(name);
      return Promise.resolve({ at: [], value: [], state: [] });
    }) as Call,
    now: () => NOW,
    ...{ link: ref("open" as const), openings: ref(1) },
    cityChanges: ref(0),
  };
  const app = createApp({});
  app.provide(liveKey, live);
  scope = effectScope();
  app.runWithContext(() =>
    scope.run(() =>
      useSignHistory(shown, (now) => ({ from: now - MINUTE, to: now })),
    ),
  );
  return asked;
}

it("asks for no past of an indicator that the viewer is not told of", () =>
  expect(asksFor(() => sign({ row }))).toEqual([]));

it("asks for the past once the hub tells of the indicator", async () => {
  const told = shallowRef(sign({ row }));
  const asked = asksFor(() => told.value);
  told.value = sign({ row, view });
  await nextTick();
  told.value = sign({ row, view: { ...view, at: NOW + 1 } });
  await nextTick();
  expect(asked).toEqual(["indicatorHistory"]);
});
