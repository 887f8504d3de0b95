import type { HubState } from "../../../contract/hub.ts";
import type { Screen } from "../../../contract/screen.ts";
import type { Sessions } from "../../auth/sessions.ts";
import type { CityPack } from "../../city/pack.ts";
import type { OpenCity } from "../../flow/open.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../mount.ts";
import { cameraHandlers } from "./cameras.ts";
import { cityHandlers } from "./city.ts";
import { feedHandlers } from "./feeds.ts";
import { incidentHandlers } from "./incidents.ts";
import { indicatorHandlers } from "./indicators.ts";
import { screenHandlers } from "./screens.ts";
import { sensorHandlers } from "./sensors.ts";
import { sessionHandlers } from "./session.ts";

/** A handler for every door of the contract. */
export function handlersOf(ask: {
  city: OpenCity;
  pack: CityPack;
  store: Store;
  sessions: Sessions;
  screens: Map<string, Screen>;
  demo: boolean;
  secure: boolean;
  ended: (session: string) => void;
  clock: Clock;
  state: () => HubState;
}): Handlers {
  const { city, store } = ask;
  return {
    ...sessionHandlers(ask),
    ...cityHandlers(ask.pack, ask.demo),
    ...screenHandlers(ask.screens, (id) =>
      city.indicators.catalogue().some((row) => row.id === id),
    ),
    ...indicatorHandlers(city.indicators, store, ask.clock),
    ...sensorHandlers(() => city.held, store),
    ...incidentHandlers(store),
    ...cameraHandlers(city.cameras),
    ...feedHandlers(city.feeds, store, ask.pack),
    getHub: ask.state,
  };
}
