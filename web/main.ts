/** Starts the pages: languages, the hub, the router. */
import { createApp, type Component } from "vue";
import { config } from "zod";
import App from "./App.vue";
import { createLanguages } from "./i18n/index.ts";
import { openHub } from "./live/connect.ts";
import { denySession, openSession } from "./live/session.ts";
import { liveKey } from "./live/source.ts";
import { createPages } from "./router.ts";
import "@fontsource-variable/noto-sans-sc/wght.css";
import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/levels.css";
import "./theme/page.css";

// The server's policy forbids code made from text; zod would probe for it.
config({ jitless: true });

const hub = openHub(denySession);
await openSession(hub.call);

createApp(App as Component)
  .use(createLanguages())
  .use(createPages(hub.connect))
  .provide(liveKey, hub)
  .mount("#app");
