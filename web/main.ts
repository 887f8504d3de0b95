/** Starts the pages: languages, the hub, the router. */
import "./live/jitless.ts";
import { createApp, type Component } from "vue";
import App from "./App.vue";
import { createLanguages } from "./i18n/index.ts";
import { hourMinute } from "./i18n/times.ts";
import { openHub, type HubSource } from "./live/connect.ts";
import { createFrames } from "./live/frames.ts";
import { createHearing, openSession } from "./live/session.ts";
import { liveKey } from "./live/source.ts";
import { createPages } from "./router.ts";
import { loadFaces } from "./theme/faces.ts";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/levels.css";
import "./theme/page.css";

const frames = createFrames();
const hearing = createHearing(() => hub.call("whoAmI"));
const hub: HubSource = openHub(hearing, undefined, frames);
await openSession(hub.call);

createApp(App as Component)
  .use(createLanguages())
  .use(createPages(hub.connect))
  .provide(liveKey, hub)
  .mount("#app");

// The first time that is written in figures takes the browser 15 ms: while it waits
// for what a screen shows, not when the first value is there. Safari knows no rest.
globalThis.requestIdleCallback?.(() => hourMinute(Date.now(), "UTC"));

// A wall without a hub, or a page without live figures, waits no longer than this.
const patience = new Promise((over) => setTimeout(over, 1_000));
void Promise.race([frames.first, patience]).then(() => setTimeout(loadFaces));
