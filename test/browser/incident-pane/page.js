/**
 * The incident pane of the dispatch desk alone, over a real hub: `?id=` is what
 * is open. Its commands are heard as the desk hears them.
 */
import { createApp, h, ref } from "vue";
import "../../../web/live/jitless.ts";
import "../../../web/theme/fonts.css";
import "../../../web/theme/levels.css";
import "../../../web/theme/page.css";
import "../../../web/theme/tokens.css";
import { createCommands } from "../../../web/desk/command.ts";
import IncidentPane from "../../../web/desk/incident/IncidentPane.vue";
import OwnReport from "../../../web/desk/incident/OwnReport.vue";
import { provideLikeness } from "../../../web/desk/incident/likeness.ts";
import { providePresence } from "../../../web/desk/incident/presence.ts";
import { createLanguages } from "../../../web/i18n/index.ts";
import { openHub } from "../../../web/live/connect.ts";
import { createHearing } from "../../../web/live/session.ts";
import { liveKey } from "../../../web/live/source.ts";
import { loadFaces } from "../../../web/theme/faces.ts";

const query = new URLSearchParams(location.search);
document.documentElement.dataset.theme = query.get("theme") ?? "dark";
document.documentElement.lang = query.get("lang") ?? "zh";

const hub = openHub(createHearing(() => hub.call("whoAmI")));
await hub.call("whoAmI");
hub.connect();
const commands = createCommands();
const id = ref(query.get("id"));

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, [role=listbox]")) return;
  const found = commands.byKey(event.key);
  if (!found || found.obstacle() !== null) return;
  event.preventDefault();
  found.run();
});

createApp({
  setup() {
    if (query.has("likeness"))
      provideLikeness(() => Promise.resolve(JSON.parse(query.get("likeness"))));
    if (query.has("present"))
      providePresence(() => JSON.parse(query.get("present")));
    const open = (asked) => (id.value = asked);
    return () => [
      id.value &&
        h(IncidentPane, {
          ...{ id: id.value, commands, onOpen: open },
          onClose: () => open(null),
        }),
      h(OwnReport, { commands, onOpen: open }),
    ];
  },
})
  .use(createLanguages(query.get("lang") === "en" ? "en" : "zh"))
  .provide(liveKey, hub)
  .mount("#app");
loadFaces();
