import type { HubState } from "../../../contract/hub.ts";
import type { Screen } from "../../../contract/screen.ts";
import type { Auth } from "../../auth/open.ts";
import type { SingleSignOn } from "../../auth/single-sign-on.ts";
import type { CityPack } from "../../city/pack.ts";
import type { OpenCity } from "../../flow/open.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Allowed } from "../../lib/outbound.ts";
import type { Log } from "../../lib/log.ts";
import type { Store } from "../../store/store.ts";
import { createNaming } from "../named.ts";
import { createTheirs } from "../theirs.ts";
import type { Handlers } from "../mount.ts";
import { accountHandlers } from "./accounts.ts";
import { attachmentHandlers } from "./attachments.ts";
import { alarmHandlers } from "./alarms.ts";
import { algorithmHandlers } from "./algorithms.ts";
import { auditHandlers } from "./audit.ts";
import { cameraHandlers } from "./cameras.ts";
import { cityHandlers } from "./city.ts";
import { deviceHandlers } from "./devices.ts";
import { dutyHandlers } from "./duty.ts";
import { feedHandlers } from "./feeds.ts";
import { feedKeyHandlers } from "./feed-keys.ts";
import { filterHandlers } from "./filters.ts";
import { incidentHandlers } from "./incidents.ts";
import { indicatorHandlers } from "./indicators.ts";
import { presenceHandlers } from "./presence.ts";
import { ruleHandlers } from "./rules.ts";
import { rightsHandlers } from "./rights.ts";
import { rosterHandlers } from "./roster.ts";
import { screenHandlers } from "./screens.ts";
import { sensorHandlers } from "./sensors.ts";
import { sessionHandlers } from "./session.ts";
import { statisticsHandlers } from "./statistics.ts";
import { webhookHandlers } from "./webhooks.ts";
import { workerHandlers } from "./workers.ts";
import { singleSignOnHandlers } from "./single-sign-on.ts";

/** A handler for every door of the contract. */
export function handlersOf(ask: {
  city: OpenCity;
  pack: CityPack;
  store: Store;
  auth: Auth;
  screens: Map<string, Screen>;
  demo: boolean;
  singleSignOn: SingleSignOn | null;
  /** Open sockets of a session or a wall. */
  sockets: (id: string) => number;
  /** Where browsers find us. */
  url: () => string;
  /** Where the hub may reach although it would be refused. */
  allowed: Allowed;
  clock: Clock;
  log: Log;
  state: () => HubState;
}): Handlers {
  const { city, store } = ask;
  const theirs = createTheirs(city.incidents, store);
  return {
    ...sessionHandlers({
      ...ask,
      singleSignOn: ask.singleSignOn?.name ?? null,
    }),
    ...singleSignOnHandlers(ask),
    ...accountHandlers(ask),
    ...rightsHandlers(ask),
    ...auditHandlers(store, ask.auth.audit, ask.log, createNaming(ask)),
    ...deviceHandlers(ask),
    ...cityHandlers({
      ...{ pack: ask.pack, store, demo: ask.demo, place: city.place },
      calendar: city.rules.workCalendar,
    }),
    ...screenHandlers(ask.screens, (id) =>
      city.indicators.catalogue().some((row) => row.id === id),
    ),
    ...indicatorHandlers(city.indicators, store, ask.clock),
    ...alarmHandlers(city.alarms, city.indicators.sees, ask.clock),
    ...algorithmHandlers(city.algorithms, store),
    ...ruleHandlers(city.rules),
    ...sensorHandlers(() => city.held, store),
    ...incidentHandlers(city.incidents, store, theirs),
    ...statisticsHandlers(city.statistics, ask.pack, {
      ...{ theirs, store, clock: ask.clock },
    }),
    ...presenceHandlers(city.presence, theirs),
    ...workerHandlers(city, store, theirs),
    ...filterHandlers(store, ask.clock),
    ...attachmentHandlers(city.attachments, theirs),
    ...dutyHandlers(city.duties, city.incidents, store),
    ...rosterHandlers(city.duties, ask.pack.shifts, store),
    ...cameraHandlers(city.cameras),
    ...feedKeyHandlers(city.feeds),
    ...webhookHandlers(city.outbox, city.feeds, ask.allowed),
    ...feedHandlers(city.feeds, store, ask.pack),
    getHub: ask.state,
  };
}
