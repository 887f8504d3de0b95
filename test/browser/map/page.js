/**
 * One widget of a preview, told new items by the test: `city.tell(topic, items)`.
 * Counts what reaches MapLibre's sources: `city.sent`.
 */
import { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { computed, createApp, h, nextTick, ref } from "vue";
import "../../../web/theme/fonts.css";
import "../../../web/theme/levels.css";
import "../../../web/theme/page.css";
import "../../../web/theme/tokens.css";
import { createLanguages } from "../../../web/i18n/index.ts";
import { CallError } from "../../../web/live/call.ts";
import { provideCanvas } from "../../../web/live/canvas.ts";
import { provideLive } from "../../../web/live/source.ts";
import { createRoom } from "../../../web/live/room.ts";
import { previewSource } from "../../../web/preview/source.ts";
import CameraTile from "../../../web/widgets/camera-tile/CameraTile.vue";
import tilePreview from "../../../web/widgets/camera-tile/preview.ts";
import tileSchema from "../../../web/widgets/camera-tile/schema.ts";
import mapPreview from "../../../web/widgets/situation-map/preview.ts";
import mapSchema from "../../../web/widgets/situation-map/schema.ts";
import SituationMap from "../../../web/widgets/situation-map/SituationMap.vue";

const WIDGETS = {
  "situation-map": [SituationMap, mapSchema, mapPreview],
  "camera-tile": [CameraTile, tileSchema, tilePreview],
};

const sent = { data: 0, states: 0 };
for (const method of ["setData", "updateData"]) {
  const real = GeoJSONSource.prototype[method];
  GeoJSONSource.prototype[method] = function (...given) {
    sent.data++;
    return real.apply(this, given);
  };
}
const setFeatureState = MapLibre.prototype.setFeatureState;
MapLibre.prototype.setFeatureState = function (...given) {
  sent.states++;
  return setFeatureState.apply(this, given);
};

const query = new URLSearchParams(location.search);
const [Widget, schema, preview] = WIDGETS[query.get("widget")];
const shown = preview[query.get("case")];
if (query.has("streams")) {
  const streams = JSON.parse(query.get("streams"));
  shown.replies.listCameras = () => ({
    items: streams.map(({ id, online, kind }) => ({
      ...{ id, name: id, lng: 118.6, lat: 31.9, district: null, address: "" },
      ...{ online, plays: kind, updatedAt: 0, feed: "cameras" },
    })),
    cursor: null,
  });
  shown.replies.openCamera = ({ body }) => {
    const { kind, url, denied } = streams.find(({ id }) => id === body.id);
    if (denied) throw new CallError("there is no such camera", denied, null);
    return { kind, url };
  };
}

/** The preview's own source, whose rooms can be told more. */
const source = previewSource(shown);
const rooms = new Map();
const live = {
  ...source,
  hold(topic, params) {
    const before = source.hold(topic, params);
    const room = createRoom(() => room.apply());
    room.answer({
      ...{ room: topic, epoch: "test", rev: 0, now: 0 },
      snapshot: [...before.view.items.values()],
    });
    rooms.set(topic, { room, rev: 0 });
    return { view: room.view, release: () => rooms.delete(topic) };
  },
};

const theme = ref("dark");
const present = ref(true);
globalThis.city = {
  sent,
  theme,
  /** Whether the widget is on the page: a scene comes and goes. */
  present,
  async tell(topic, upsert) {
    const held = rooms.get(topic);
    held.room.hear({
      ...{ room: topic, epoch: "test", rev: ++held.rev, now: 0 },
      ...{ upsert, remove: [] },
    });
    await nextTick();
  },
};

createApp({
  setup() {
    provideLive(live);
    provideCanvas({
      theme,
      unit: computed(() => 1),
      density: computed(() => 1),
      still: computed(() => false),
    });
    const options = schema.options.parse({
      ...shown.options,
      ...JSON.parse(query.get("options") ?? "{}"),
    });
    return () =>
      h(
        "div",
        {
          class: "canvas",
          "data-theme": theme.value,
          style: "width: 900px; height: 600px; --u: 1px",
        },
        present.value ? h(Widget, { options }) : null,
      );
  },
})
  .use(createLanguages("zh"))
  .mount("#app");
